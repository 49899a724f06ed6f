// A grid of cells through which an agent walks: how much each cell promises, the best action in it, the last way.

import { svg } from "../see/kit.js";
import { place, sizeOf } from "./figure.js";

const WAYS = { "^": [0, -1, "up"], ">": [1, 0, "right"], v: [0, 1, "down"], "<": [-1, 0, "left"] };
const EDGE = 2;
const ROOMY = 44; // pixels of a cell in which a letter and an arrow can both be read

export class World {
  constructor(figure, spec) {
    this.figure = figure;
    this.spec = spec;
    this.columns = spec.rows[0].length;
  }

  draw(shown) {
    const { rows, title } = this.spec;
    const now = shown.at(-1) ?? { values: [], arrows: "", path: [] };
    const { width, height } = sizeOf(this.figure);
    const size = Math.min((width - 2 * EDGE) / this.columns, (height - 2 * EDGE) / rows.length);
    const root = svg("svg", { class: "fig", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": title });
    root.append(svg("desc", {}, inWords(now, this.spec)));
    const hatch = svg("pattern", { id: "watch-cliff", width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      svg("line", { class: "watch-cliff-line", x1: 0, y1: 0, x2: 0, y2: 7 }));
    root.append(hatch);
    const ground = svg("g", { transform: `translate(${(width - size * this.columns) / 2},${EDGE})` });
    const shades = shadesOf(now.values, rows);
    const cells = [...rows.join("")].map((kind, cell) => ({ kind, x: (cell % this.columns) * size, y: Math.floor(cell / this.columns) * size, cell }));
    for (const { kind, x, y, cell } of cells) ground.append(...drawGround(kind, x, y, size, shades[cell]));
    for (const d of this.#ways(now.path, size)) ground.append(svg("path", { class: "watch-way", d }));
    for (const { kind, x, y, cell } of cells) ground.append(...drawSign(kind, x, y, size, WAYS[now.arrows[cell]]));
    root.append(ground);
    place(this.figure, "drawing", root);
  }

  /** Write the way of the agent, broken where it fell and began again. */
  #ways(path, size) {
    const at = (cell) => [cell % this.columns, Math.floor(cell / this.columns)];
    const ways = [];
    path.forEach((cell, index) => {
      const [x, y] = at(cell), [px, py] = at(path[index - 1] ?? cell);
      const step = `${(x + 0.5) * size},${(y + 0.5) * size}`;
      if (index === 0 || Math.abs(x - px) + Math.abs(y - py) > 1) ways.push(`M${step}`);
      else ways[ways.length - 1] += `L${step}`;
    });
    return ways;
  }
}

/** Return how dark each cell is, 0 to 1, between the least and the most that any promises. */
function shadesOf(values, rows) {
  const kinds = rows.join("");
  const known = values.filter((value, cell) => value !== null && kinds[cell] !== "#" && kinds[cell] !== "G");
  const low = Math.min(...known), high = Math.max(...known);
  return values.map((value) => (value === null || high === low ? 0 : Math.min(Math.max((value - low) / (high - low), 0), 1)));
}

function drawGround(kind, x, y, size, shade = 0) {
  const box = { x, y, width: size, height: size };
  const ground = svg("rect", { class: "watch-cell-ground", ...box });
  if (kind === "#") return [ground, svg("rect", { class: "watch-cliff", ...box }), svg("rect", { fill: "url(#watch-cliff)", ...box })];
  return [ground, svg("rect", { class: "watch-cell", "fill-opacity": (0.5 * shade).toFixed(2), ...box })];
}

/** The arrow of a cell, and its letter: in a corner where an arrow has room beside it. */
function drawSign(kind, x, y, size, best) {
  const way = kind === "S" && size < ROOMY ? null : best;
  const parts = way ? [drawArrow(x + size / 2, y + size / 2, size * 0.24, way)] : [];
  if (kind === "S" || kind === "G") {
    const [left, bottom, height] = way ? [0.2, 0.34, 0.3] : [0.5, 0.65, 0.45];
    const at = { x: x + left * size, y: y + bottom * size, "text-anchor": "middle", "font-size": (height * size).toFixed(1) };
    parts.push(svg("text", { class: "watch-letter", ...at }, kind));
  }
  return parts;
}

function drawArrow(x, y, length, [dx, dy]) {
  const [tx, ty] = [x + dx * length, y + dy * length];
  const [sx, sy] = [x - dx * length * 0.9, y - dy * length * 0.9];
  const wing = length * 0.55;
  const wings = [1, -1].map((side) => `M${tx},${ty}L${tx - dx * wing - dy * wing * side},${ty - dy * wing + dx * wing * side}`);
  return svg("path", { class: "watch-arrow", d: `M${sx},${sy}L${tx},${ty}${wings.join("")}` });
}

function inWords(now, { rows }) {
  if (!now.arrows.trim()) return "No cell has a best action yet.";
  const columns = rows[0].length;
  const words = rows.map((row, y) => {
    const actions = [...now.arrows.slice(y * columns, (y + 1) * columns)].map((arrow) => WAYS[arrow]?.[2] ?? "none");
    return `Row ${y + 1}: ${actions.join(", ")}.`;
  });
  return `Best actions, from left to right. ${words.join(" ")}`;
}
