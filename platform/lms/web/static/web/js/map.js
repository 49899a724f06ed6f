// The drawing of the concept map under the fingers: arrow keys along its links, zoom by buttons, panning by dragging.

const box = document.querySelector(".map-box");
const svg = box.querySelector("svg.map");
const labels = [...svg.querySelectorAll("a.map-label")];
const byAddress = new Map(labels.map((label) => [label.getAttribute("href"), label]));
const links = [...svg.querySelectorAll(".links path")];
const natural = { width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height };
const ZOOM_STEP = 1.25;
const ZOOM_RANGE = [0.2, 2];

/** Where a label stands on the drawing, whatever the zoom. */
function placeOf(label) {
  const { x, y, width, height } = label.querySelector("rect");
  return { left: x.baseVal.value, top: y.baseVal.value, middle: y.baseVal.value + height.baseVal.value / 2, width: width.baseVal.value };
}

const places = new Map(labels.map((label) => [label, placeOf(label)]));

function neighboursBefore(label) {
  return label.dataset.needs.split(" ").map((address) => byAddress.get(address)).filter(Boolean);
}

function neighboursAfter(label) {
  const address = label.getAttribute("href");
  return labels.filter((other) => other.dataset.needs.split(" ").includes(address));
}

/** The one of `candidates` whose height on the drawing is nearest to that of `label`. */
function nearest(label, candidates) {
  const distance = (other) => Math.abs(places.get(other).middle - places.get(label).middle);
  return candidates.reduce((best, other) => (best === null || distance(other) < distance(best) ? other : best), null);
}

/** Along a link where there is one to another column, else to what stands beside. */
function sideways(label, linked, direction) {
  const left = places.get(label).left;
  const isAhead = (other) => (places.get(other).left - left) * direction > 0;
  const ahead = labels.filter(isAhead);
  const columns = ahead.map((other) => Math.abs(places.get(other).left - left));
  const beside = ahead.filter((other, index) => columns[index] === Math.min(...columns));
  return nearest(label, linked.filter(isAhead)) ?? nearest(label, beside);
}

function upOrDown(label, direction) {
  const { left, middle } = places.get(label);
  const column = labels.filter((other) => places.get(other).left === left && (places.get(other).middle - middle) * direction > 0);
  return nearest(label, column);
}

const MOVES = {
  ArrowRight: (label) => sideways(label, neighboursAfter(label), 1),
  ArrowLeft: (label) => sideways(label, neighboursBefore(label), -1),
  ArrowDown: (label) => upOrDown(label, 1),
  ArrowUp: (label) => upOrDown(label, -1),
};

/** Bring a label into view with some of what is around it. */
function show(label) {
  const seen = box.getBoundingClientRect();
  const { left, top, right, bottom } = label.getBoundingClientRect();
  const margin = Math.max(Math.min(80, (seen.width - right + left) / 2), 0);
  if (left < seen.left + margin) box.scrollLeft -= seen.left + margin - left;
  else if (right > seen.right - margin) box.scrollLeft += right - seen.right + margin;
  if (top < seen.top + margin) box.scrollTop -= seen.top + margin - top;
  if (bottom > seen.bottom - margin) box.scrollTop += bottom - seen.bottom + margin;
}

/** Mark the links of a label and what they lead to. */
function light(label) {
  const address = label?.getAttribute("href");
  const near = new Set([address]);
  for (const path of links) {
    const touches = path.dataset.source === address || path.dataset.target === address;
    path.classList.toggle("is-lit", Boolean(address) && touches);
    if (touches) near.add(path.dataset.source).add(path.dataset.target);
  }
  for (const other of labels) other.classList.toggle("is-lit", Boolean(address) && near.has(other.getAttribute("href")));
}

svg.addEventListener("keydown", (event) => {
  const label = event.target.closest("a.map-label");
  if (!label || !(event.key in MOVES) || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  MOVES[event.key](label)?.focus({ preventScroll: true });
});
svg.addEventListener("focusin", (event) => {
  const label = event.target.closest("a.map-label");
  if (!label) return; // the drawing itself: what scrolls can have the focus
  light(label);
  show(label);
  label.scrollIntoView({ block: "nearest", inline: "nearest" });
});
svg.addEventListener("focusout", () => light(null));
svg.addEventListener("pointerover", (event) => light(event.target.closest("a.map-label") ?? document.activeElement.closest("a.map-label")));

// Zoom: the middle of what is seen stays where it is.
let zoom = 1;

function setZoom(wanted) {
  const [x, y] = [(box.scrollLeft + box.clientWidth / 2) / zoom, (box.scrollTop + box.clientHeight / 2) / zoom];
  zoom = Math.min(Math.max(wanted, ZOOM_RANGE[0]), ZOOM_RANGE[1]);
  svg.style.setProperty("width", `${natural.width * zoom}px`);
  svg.style.setProperty("height", `${natural.height * zoom}px`);
  box.scrollTo(x * zoom - box.clientWidth / 2, y * zoom - box.clientHeight / 2);
  keepTitlesInView();
}

const ZOOMS = {
  in: () => setZoom(zoom * ZOOM_STEP),
  out: () => setZoom(zoom / ZOOM_STEP),
  fit: () => setZoom(Math.min(box.clientWidth / natural.width, 1)),
};

for (const button of document.querySelectorAll("[data-zoom]")) button.addEventListener("click", ZOOMS[button.dataset.zoom]);

/** The titles of the lanes stay at the left edge of the box. */
function keepTitlesInView() {
  svg.style.setProperty("--pan", `${box.scrollLeft / zoom}px`);
}

box.addEventListener("scroll", keepTitlesInView, { passive: true });

// Dragging the ground with a mouse pans; fingers and wheels scroll the box by themselves.
let grip = null;

box.addEventListener("pointerdown", (event) => {
  if (event.pointerType !== "mouse" || event.button !== 0 || event.target.closest("a.map-label")) return;
  grip = { x: event.clientX + box.scrollLeft, y: event.clientY + box.scrollTop };
  box.setPointerCapture(event.pointerId);
});
box.addEventListener("pointermove", (event) => {
  if (grip) box.scrollTo(grip.x - event.clientX, grip.y - event.clientY);
});
for (const end of ["pointerup", "pointercancel"]) box.addEventListener(end, () => (grip = null));

for (const hidden of document.querySelectorAll(".map-zoom, .map-keys")) hidden.hidden = false;
const first = svg.querySelector(".map-card.is-begun a, .map-card.is-next a");
if (first) show(first);
