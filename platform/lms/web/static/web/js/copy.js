// Buttons that copy the text of an element: <button data-copy="its id" hidden>Copy</button>

const SHOWN_MS = 2000;

/** Show the button where there is a clipboard (not over plain HTTP from another machine); say when it has copied. */
function arm(button) {
  const source = document.getElementById(button.dataset.copy);
  const said = document.createElement("span");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  button.after(said);
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.textContent);
    button.textContent = said.textContent = "Copied";
    setTimeout(() => {
      button.textContent = "Copy";
      said.textContent = "";
    }, SHOWN_MS);
  });
}

if (navigator.clipboard) document.querySelectorAll("[data-copy]").forEach(arm);
// A reload shows the page; it does not send the form again and so make another token.
history.replaceState(null, "", location.href);
