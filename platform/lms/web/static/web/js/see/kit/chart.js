// Charts in the classes of courses/figures.py, so that moving and still figures look alike in both colour schemes.

import { set, svg } from "./dom.js";

const TEXT = 15; // about 12 px in a chart of 360 units on a telephone
const MARGIN = { left: 46, right: 16, top: 36, bottom: 50 };
const DASHES = { 1: null, 2: "9 5", 3: "2 4", 4: "12 4 2 4" };
// A shape for each series: classes are told apart by more than colour.
const SHAPES = {
  1: (r) => `M${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0z`,
  2: (r) => `M${-0.9 * r},${-0.9 * r}h${1.8 * r}v${1.8 * r}h${-1.8 * r}z`,
  3: (r) => `M0,${-1.15 * r}L${1.1 * r},${0.85 * r}H${-1.1 * r}z`,
  4: (r) => `M0,${-1.25 * r}L${1.25 * r},0L0,${1.25 * r}L${-1.25 * r},0z`,
  5: (r, u = 0.8 * r) => `M${-0.5 * u},${-1.5 * u}h${u}v${u}h${u}v${u}h${-u}v${u}h${-u}v${-u}h${-u}v${-u}h${u}z`,
};
const EDGE = 1.5; // half a line: one along the border is seen whole
let clips = 0;

/**
 * A pair of axes. `x` and `y` are what they show, [low, high]; `label` names the picture and `description` says what it
 * holds. Further: xLabel, yLabel, xTicks, yTicks (values), xFormat, yFormat, margin.
 * With `interactive`, what stands inside can be reached by keyboard; else the whole is one image.
 */
export function chart({ width = 360, height = 300, x, y, label, description = "", interactive = false, ...axes }) {
  const frame = { ...MARGIN, ...axes.margin };
  const right = width - frame.right, bottom = height - frame.bottom;
  const scale = {
    x: (value) => frame.left + ((value - x[0]) / (x[1] - x[0])) * (right - frame.left),
    y: (value) => bottom - ((value - y[0]) / (y[1] - y[0])) * (bottom - frame.top),
  };
  const words = svg("desc", {}, description);
  const clip = svg("clipPath", { id: `see-clip-${++clips}` }, svg("rect", {
    ...{ x: frame.left - EDGE, width: right - frame.left + 2 * EDGE },
    ...{ y: frame.top - EDGE, height: bottom - frame.top + 2 * EDGE },
  }));
  const plot = svg("g", { "clip-path": `url(#${clip.id})` });
  const over = svg("g");
  const role = interactive ? "group" : "img";
  const root = svg("svg", { class: "fig", viewBox: `0 0 ${width} ${height}`, role, "aria-label": label }, words, clip);
  root.append(drawAxes({ frame, right, bottom, scale, x, y, ...axes }), plot, over);

  /** Write a polyline through points [[x, y], …] as the `d` of a path. */
  const d = (points) => points.map(([px, py], i) => `${i ? "L" : "M"}${round(scale.x(px))},${round(scale.y(py))}`).join("");
  const place = (px, py) => `translate(${round(scale.x(px))},${round(scale.y(py))})`;
  const add = (element, to = plot) => (to.append(element), element);
  return {
    root,
    plot, // clipped to the axes
    over, // above all, not clipped
    ...scale,
    d,
    /** Draw a line of a series through points; to move it later: set(path, { d: chart.d(points) }). */
    path: (points, series = 1) =>
      add(svg("path", { class: `fig-line-${series}`, d: d(points), "stroke-dasharray": DASHES[series] })),
    /** Draw the mark of a series: circle, square, triangle, diamond. */
    point: (px, py, series = 1, radius = 6) => add(mark(series, radius, { transform: place(px, py) })),
    /** Put a mark, or whatever stands around the origin, elsewhere. */
    move: (element, px, py) => set(element, { transform: place(px, py) }),
    line: (x1, y1, x2, y2, classes = "fig-axis") =>
      add(svg("line", { class: classes, x1: scale.x(x1), y1: scale.y(y1), x2: scale.x(x2), y2: scale.y(y2) })),
    text: (px, py, content, { anchor = "start", classes = "fig-text", dx = 0, dy = 0 } = {}) =>
      add(label_(scale.x(px) + dx, scale.y(py) + dy, content, anchor, classes), over),
    /** Return where a pointer event is, in the units of the axes, kept inside of them. */
    at: (event) => {
      const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(root.getScreenCTM().inverse());
      const share = [(point.x - frame.left) / (right - frame.left), (bottom - point.y) / (bottom - frame.top)];
      return share.map((part, axis) => [x, y][axis][0] + clamp(part, 0, 1) * ([x, y][axis][1] - [x, y][axis][0]));
    },
    describe: (text) => (words.textContent = text),
    ranges: { x, y },
  };
}

/**
 * A point of a chart that the learner moves: by dragging, by arrow keys (with Shift: ten times as far) and, with `jump`,
 * by a click anywhere in the chart. Returns { element, move(x, y) }; `onMove(x, y)` hears of the learner's moves only;
 * `say([x, y])` is the place in words.
 */
export function handle(chart, { at, label, step, onMove, say, series = 4, jump = false }) {
  let place = at;
  const element = svg("g", { class: "see-handle", tabindex: 0, role: "slider", "aria-label": label },
    svg("circle", { class: "see-handle-reach", r: 18 }), svg("circle", { class: "see-handle-ring", r: 11 }), mark(series, 6));
  const { x, y } = chart.ranges;
  set(element, { "aria-valuemin": x[0], "aria-valuemax": x[1] });

  function move(px, py) {
    place = [clamp(px, ...x), clamp(py, ...y)];
    chart.move(element, ...place);
    set(element, { "aria-valuenow": place[0].toFixed(2), "aria-valuetext": say(place) });
  }
  function moved(px, py) {
    move(px, py);
    onMove(...place);
  }
  set(element, {
    onpointerdown: (event) => (element.setPointerCapture(event.pointerId), element.focus(), event.preventDefault()),
    onpointermove: (event) => element.hasPointerCapture(event.pointerId) && moved(...chart.at(event)),
    onkeydown: (event) => {
      const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
      if (!way) return;
      const far = step * (event.shiftKey ? 10 : 1);
      moved(place[0] + way[0] * far, place[1] + way[1] * far);
      event.preventDefault();
    },
  });
  if (jump) set(chart.root, { class: "fig see-jump", onclick: (event) => moved(...chart.at(event)) });
  move(...at);
  chart.over.append(element);
  return { element, move };
}

/** A legend: entries are { series, label, kind }, kind "line", "point" or "area" (then with `classes` for series). */
export function key(entries) {
  const list = document.createElement("ul");
  list.className = "see-key";
  for (const { series, label, kind = "line", classes } of entries) {
    const sample = svg("svg", { viewBox: "-16 -9 32 18", width: 32, height: 18, "aria-hidden": "true" });
    if (kind === "point") sample.append(mark(series, 6));
    else if (kind === "area") sample.append(svg("rect", { class: classes, x: -14, y: -8, width: 28, height: 16 }));
    else sample.append(svg("path", { class: `fig-line-${series}`, d: "M-14,0H14", "stroke-dasharray": DASHES[series] }));
    const item = document.createElement("li");
    item.append(sample, label);
    list.append(item);
  }
  return list;
}

function mark(series, radius, attributes = {}) {
  return svg("path", { class: `fig-fill-${series} see-mark`, d: SHAPES[series](radius), ...attributes });
}

// Hidden from assistive technology: the description and the readout say in words what ticks say in passing.
function drawAxes({ frame, right, bottom, scale, x, y, ...options }) {
  const { xLabel = "", yLabel = "", xTicks = ticks(x), yTicks = ticks(y), xFormat = tick, yFormat = tick } = options;
  const axes = svg("g", { "aria-hidden": "true" });
  const line = (x1, y1, x2, y2, classes) => axes.append(svg("line", { class: classes, x1, y1, x2, y2 }));
  const text = (...where) => axes.append(label_(...where));
  for (const value of yTicks) {
    line(frame.left, scale.y(value), right, scale.y(value), "fig-grid");
    text(frame.left - 6, scale.y(value) + 5, yFormat(value), "end", "fig-muted");
  }
  for (const value of xTicks) {
    line(scale.x(value), frame.top, scale.x(value), bottom, "fig-grid");
    text(scale.x(value), bottom + 19, xFormat(value), "middle", "fig-muted");
  }
  line(frame.left, bottom, right, bottom, "fig-axis");
  line(frame.left, frame.top, frame.left, bottom, "fig-axis");
  text(right, bottom + 40, xLabel, "end", "fig-text");
  text(0, frame.top - 14, yLabel, "start", "fig-text");
  return axes;
}

function label_(x, y, content, anchor, classes) {
  return svg("text", { class: classes, x: round(x), y: round(y), "text-anchor": anchor, "font-size": TEXT }, content);
}

/** Return four to six round numbers across a range. */
function ticks([low, high]) {
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough * 0.99);
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, i) => (first + i) * step);
}

const tick = (value) => String(Number(value.toPrecision(4))).replace("-", "−");
const round = (value) => Math.round(value * 100) / 100;
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
