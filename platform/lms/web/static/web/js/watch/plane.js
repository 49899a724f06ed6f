// Points in a plane, and what a model makes of it: a line, a region, centroids and the way that they came.

import { chart, html, key, svg } from "../see/kit.js";
import { place, sizeOf } from "./figure.js";

const SERIES = 4;

export class Plane {
  constructor(figure, spec) {
    this.figure = figure;
    this.spec = spec;
    const names = spec.names.map((label, index) => ({ series: index + 1, label, kind: "point" })).filter(({ label }) => label);
    if (!names.length && !spec.marks) return;
    const legend = key(names);
    if (spec.marks) legend.append(html("li", {}, svg("svg", { viewBox: "-16 -9 32 18", width: 32, height: 18, "aria-hidden": "true" }, cross()), spec.marks));
    place(figure, "key", legend);
  }

  /** Draw the last of the parts that are shown, and the trail of all of them. */
  draw(shown) {
    const { x, y, title } = this.spec;
    const now = shown.at(-1) ?? {};
    const picture = chart({
      ...sizeOf(this.figure),
      x: [x.low, x.high],
      y: [y.low, y.high],
      xLabel: x.label,
      yLabel: y.label,
      label: title,
      description: inWords(shown, this.spec),
    });
    if (now.region) this.#drawRegion(picture, now.region, now.line);
    this.#drawPoints(picture, now);
    if (now.line) picture.path(now.line).setAttribute("class", "watch-line");
    if (now.marks) drawMarks(picture, shown.map((part) => part.marks).filter(Boolean));
    const middle = (x.low + x.high) / 2;
    if (gone(shown, this.spec)) picture.text(middle, y.high, gone(shown, this.spec), { anchor: "middle", classes: "watch-gone", dy: 22 });
    place(this.figure, "drawing", picture.root);
  }

  #drawPoints(picture, now) {
    const points = now.points ?? this.spec.points;
    const classes = now.classes ?? this.spec.classes;
    const radius = (points.length > 150 ? 3.5 : 5) * (sizeOf(this.figure).width < 400 ? 0.75 : 1);
    points.forEach(([px, py], index) => {
      if (classes) return picture.point(px, py, (Number(classes[index]) % SERIES) + 1, radius);
      picture.point(px, py, 1, radius).classList.add("watch-unlabelled");
    });
    for (const index of now.wrong ?? []) {
      const ring = svg("circle", { class: "watch-ring", r: radius + 4 });
      picture.move(ring, ...points[index]);
      picture.plot.append(ring);
    }
  }

  /** Rows of cells, neighbours of one level as one rectangle; the side of class 1 is hatched, and has a border or a line. */
  #drawRegion(picture, region, line) {
    const { x, y, side } = this.spec;
    const xs = Array.from({ length: side + 1 }, (_, i) => picture.x(x.low + (i / side) * (x.high - x.low)));
    const ys = Array.from({ length: side + 1 }, (_, i) => picture.y(y.high - (i / side) * (y.high - y.low)));
    const level = (row, column) => Number(region[row * side + column]);
    const isOne = (row, column) => level(row, column) >= 5;
    const id = `watch-hatch-${this.figure.dataset.picture}`;
    const hatch = svg("pattern", { id, width: 8, height: 8, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      svg("line", { class: "watch-hatch", x1: 0, y1: 0, x2: 0, y2: 8 }));
    const ground = svg("g", {}, hatch);
    let border = "";
    for (let row = 0; row < side; row += 1) {
      for (let column = 0; column < side; ) {
        const from = column;
        const here = level(row, from);
        while (column < side && level(row, column) === here) column += 1;
        const box = { x: xs[from], y: ys[row], width: xs[column] - xs[from], height: ys[row + 1] - ys[row] };
        ground.append(svg("rect", { class: `watch-region-${here >= 5 ? 2 : 1}`, "fill-opacity": sureness(here), ...box }));
        if (here >= 5) ground.append(svg("rect", { fill: `url(#${id})`, ...box }));
      }
      for (let column = 0; column < side; column += 1) {
        if (column + 1 < side && isOne(row, column) !== isOne(row, column + 1)) border += `M${xs[column + 1]},${ys[row]}V${ys[row + 1]}`;
        if (row + 1 < side && isOne(row, column) !== isOne(row + 1, column)) border += `M${xs[column]},${ys[row + 1]}H${xs[column + 1]}`;
      }
    }
    picture.plot.append(ground);
    if (!line) picture.plot.append(svg("path", { class: "watch-border", d: border }));
  }
}

/** Levels 0 to 9 are how sure the model is of class 1: the nearer to the middle, the paler. */
function sureness(level) {
  return (0.06 + 0.05 * (level >= 5 ? level - 5 : 4 - level)).toFixed(2);
}

function drawMarks(picture, trail) {
  trail.at(-1).forEach((at, index) => {
    const way = trail.map((marks) => marks[index]).filter((mark) => mark && !mark.includes(null));
    if (way.length > 1) picture.path(way).setAttribute("class", "watch-trail");
    if (at.includes(null)) return;
    const mark = cross();
    picture.move(mark, ...at);
    picture.plot.append(mark);
  });
}

function cross() {
  const d = "M-7,-7L7,7M-7,7L7,-7";
  return svg("g", { class: "watch-cross" }, svg("path", { class: "under", d }), svg("path", { d }));
}

/** Say what was in the picture before and is not now. */
function gone(shown, { x, y }) {
  const now = shown.at(-1) ?? {};
  const isInside = ([px, py]) => px !== null && py !== null && px >= x.low && px <= x.high && py >= y.low && py <= y.high;
  if (!now.line && shown.some((part) => part.line)) return "The line has left the picture.";
  if (now.marks && !now.marks.some(isInside)) return `The ${now.marks.length > 1 ? "crosses have" : "cross has"} left the picture.`;
  return "";
}

function inWords(shown, spec) {
  const { x, y } = spec;
  const now = shown.at(-1) ?? {};
  const parts = [gone(shown, spec)].filter(Boolean);
  if (now.line) parts.push(`A line from ${pair(now.line[0])} to ${pair(now.line[1])}.`);
  if (now.marks) parts.push(`Crosses at ${now.marks.map(pair).join(", ")}.`);
  if (now.wrong) parts.push(`${now.wrong.length} points on the wrong side.`);
  if (now.region) parts.push(`${Math.round((100 * [...now.region].filter((level) => level >= 5).length) / now.region.length)} percent of the picture is on the side of class 1.`);
  return parts.join(" ") || `Points by ${x.label} and ${y.label}.`;
}

const pair = ([px, py]) => `(${px}, ${py})`;
