// Numbers by step. The vertical axis holds all that has come, also what is not shown yet, so that it seldom moves.

import { chart, key, svg } from "../see/kit.js";
import { place, sizeOf } from "./figure.js";

export class Curve {
  constructor(figure, spec) {
    this.figure = figure;
    this.spec = spec;
    if (spec.lines.length > 1) {
      place(figure, "key", key(spec.lines.map((label, line) => ({ series: line + 1, label }))));
    }
  }

  /** Draw the dots that are shown; `all` are those that have come. */
  draw(shown, all) {
    const { x, y, title, log, limits } = this.spec;
    const height = log ? (value) => Math.log10(Math.max(value, 1e-12)) : (value) => value;
    const values = all.flatMap((dot) => dot.y).filter((value) => value !== null && !(log && value <= 0)).map(height);
    const range = limits ?? rangeOf(values, log);
    const picture = chart({
      ...sizeOf(this.figure),
      x: [x.low, x.high],
      y: range,
      xLabel: x.label,
      yLabel: y,
      label: title,
      ...(log ? { yTicks: powers(range), yFormat: power } : {}),
      description: inWords(shown, this.spec),
    });
    this.spec.lines.forEach((_, line) => {
      const points = shown.filter((dot) => dot.y[line] !== null).map((dot) => [dot.x, height(dot.y[line])]);
      if (!points.length) return;
      picture.path(points, line + 1);
      picture.over.append(picture.point(...points.at(-1), line + 1, 5)); // whole, also where the axis ends
    });
    place(this.figure, "drawing", picture.root);
  }
}

function rangeOf(values, log) {
  if (!values.length) return log ? [-1, 1] : [0, 1];
  const low = Math.min(...values), high = Math.max(...values);
  if (log) return [Math.floor(low), Math.max(Math.ceil(high), Math.floor(low) + 1)];
  const room = (high - low || Math.abs(high) || 1) * 0.08;
  return [low >= 0 && low < 0.8 * high ? 0 : low - room, high + room];
}

function powers([low, high]) {
  const step = Math.ceil((high - low) / 5);
  return Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, i) => low + i * step);
}

function power(exponent) {
  if (exponent >= -3 && exponent <= 3) return String(Number((10 ** exponent).toPrecision(1)));
  const raised = svg("tspan", { "baseline-shift": "super", "font-size": "0.75em" }, String(exponent).replace("-", "−"));
  const whole = document.createDocumentFragment();
  whole.append("10", raised);
  return whole;
}

function inWords(shown, { x, lines }) {
  const last = shown.at(-1);
  if (!last) return "Nothing yet.";
  const values = last.y.map((value, line) => `${lines[line]} ${value ?? "no number"}`.trim());
  return `${shown.length} values; the last one, at ${x.label} ${last.x}: ${values.join(", ")}.`;
}
