// The lines between statement, editor and results: dragged by mouse, moved by arrow keys, remembered.

import { recall, remember } from "./keep.js";

const STEP = 2; // percent

/** Let a divider set the share of the pane before it, as the custom property that it names. */
function makeMovable(divider) {
  const page = divider.parentElement;
  const isAcross = divider.getAttribute("aria-orientation") === "horizontal";
  const property = divider.dataset.sets;
  const key = property.replace(/^--/, "");
  const [least, most] = ["min", "max"].map((end) => Number(divider.getAttribute(`aria-value${end}`)));

  function place(percent) {
    const share = Math.round(Math.min(Math.max(percent, least), most));
    page.style.setProperty(property, `${share}%`);
    divider.setAttribute("aria-valuenow", share);
    return share;
  }
  const move = (percent) => remember(key, place(percent));

  divider.addEventListener("pointerdown", (event) => {
    divider.setPointerCapture(event.pointerId);
    event.preventDefault();
    divider.focus();
  });
  divider.addEventListener("pointermove", (event) => {
    if (!divider.hasPointerCapture(event.pointerId)) return;
    const { left, top, width, height } = page.getBoundingClientRect();
    move(isAcross ? ((event.clientY - top) / height) * 100 : ((event.clientX - left) / width) * 100);
  });
  divider.addEventListener("keydown", (event) => {
    const now = Number(divider.getAttribute("aria-valuenow"));
    const [less, more] = isAcross ? ["ArrowUp", "ArrowDown"] : ["ArrowLeft", "ArrowRight"];
    const next = { [less]: now - STEP, [more]: now + STEP, Home: least, End: most }[event.key];
    if (next === undefined) return;
    move(next);
    event.preventDefault();
  });

  const kept = recall(key);
  if (kept) place(kept);
}

document.querySelectorAll(".divider").forEach(makeMovable);
