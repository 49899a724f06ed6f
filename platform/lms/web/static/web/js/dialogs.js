// A button with data-opens="id" opens that <dialog>. It closes by Escape or by a button of its form[method=dialog].

for (const button of document.querySelectorAll("[data-opens]")) {
  button.addEventListener("click", () => document.getElementById(button.dataset.opens).showModal());
}
