// The line between statement and editor: dragged by mouse, moved by arrow keys, remembered.

import { recall, remember } from "./keep.js";

const KEY = "statement-width";
const divider = document.querySelector(".divider");
const page = divider.parentElement;
const least = Number(divider.getAttribute("aria-valuemin"));
const most = Number(divider.getAttribute("aria-valuemax"));

function place(percent) {
  const width = Math.round(Math.min(Math.max(percent, least), most));
  page.style.setProperty("--statement-width", `${width}%`);
  divider.setAttribute("aria-valuenow", width);
  return width;
}

function move(percent) {
  remember(KEY, place(percent));
}

divider.addEventListener("pointerdown", (event) => {
  divider.setPointerCapture(event.pointerId);
  event.preventDefault();
});
divider.addEventListener("pointermove", (event) => {
  if (!divider.hasPointerCapture(event.pointerId)) return;
  const { left, width } = page.getBoundingClientRect();
  move(((event.clientX - left) / width) * 100);
});
divider.addEventListener("keydown", (event) => {
  const now = Number(divider.getAttribute("aria-valuenow"));
  const next = { ArrowLeft: now - 2, ArrowRight: now + 2, Home: least, End: most }[event.key];
  if (next === undefined) return;
  move(next);
  event.preventDefault();
});

const kept = recall(KEY);
if (kept) place(kept);
