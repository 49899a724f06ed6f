// Buttons that copy the text of an element: <button data-copy="its id">Copy</button>

const SHOWN_MS = 2000;

/** Make a button copy, and say when it has. */
function arm(button) {
  const source = document.getElementById(button.dataset.copy);
  const said = document.createElement("span");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  button.after(said);
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.textContent);
    button.textContent = said.textContent = "Copied";
    setTimeout(() => {
      button.textContent = "Copy";
      said.textContent = "";
    }, SHOWN_MS);
  });
}

// Browsers give no clipboard to pages that come over plain HTTP from another machine.
document.querySelectorAll("[data-copy]").forEach((button) => (navigator.clipboard ? arm(button) : button.remove()));
// A reload shows the page; it does not send the form again and so make another token.
history.replaceState(null, "", location.href);
