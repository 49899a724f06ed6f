// An open menu (a <details>) closes by Escape, which gives the focus back, and by a click or the focus elsewhere.

for (const menu of document.querySelectorAll("details.menu")) {
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  for (const leaving of ["click", "focusin"]) {
    document.addEventListener(leaving, (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  }
}
