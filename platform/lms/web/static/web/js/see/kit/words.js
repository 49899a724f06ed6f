// What the picture says, in words and in tables.

import { html, number } from "./dom.js";

const QUIET_MS = 700;

/**
 * A sentence on what the picture shows now. It changes at once for the eye; for the ear only when the learner has paused,
 * so that a slider or a playing figure does not talk without end. Returns { element, say(headline, text, tone) }; tone is
 * "good", "part", "bad" or "".
 */
export function readout() {
  const headline = html("strong");
  const rest = html("span");
  const seen = html("p", { "aria-hidden": "true" }, headline, " ", rest);
  const heard = html("p", { class: "visually-hidden", role: "status" });
  const element = html("div", { class: "see-readout" }, seen, heard);
  let timer = null;
  return {
    element,
    say(title, text = "", tone = "") {
      headline.textContent = title;
      rest.textContent = text;
      element.className = tone ? `see-readout tone-${tone}` : "see-readout";
      clearTimeout(timer);
      timer = setTimeout(() => (heard.textContent = `${title} ${text}`.trim()), QUIET_MS);
    },
  };
}

/** A few named values, such as weights and counts. Returns { element, show([value, …]) }. */
export function facts(names) {
  const values = names.map(() => html("dd"));
  const pairs = names.map((name, i) => html("div", {}, html("dt", {}, name), values[i]));
  return {
    element: html("dl", { class: "see-facts" }, ...pairs),
    show: (texts) => texts.forEach((text, i) => (values[i].textContent = text)),
  };
}

/**
 * A table of numbers, tinted by sign and size. Options: `caption`; `rows` and `columns`, the names of their headers;
 * `highlight(i, j)`, which cells are meant now; `format(value)`; `scale`, the size of the strongest tint;
 * `content(i, j, value)`, what to put into a cell instead of its number (an input, a button); and `classes(i, j)`.
 * Returns { element, update(values, options) }.
 */
export function matrix(values, options = {}) {
  const caption = html("caption", {}, options.caption ?? "");
  const table = html("table", { class: "see-matrix" }, caption);
  let settings = options;
  function update(next, changes = {}) {
    settings = { ...settings, ...changes };
    caption.textContent = settings.caption ?? "";
    table.replaceChildren(caption, ...head(settings), html("tbody", {}, ...next.map((row, i) => line(row, i, next, settings))));
  }
  update(values);
  return { element: table, update };
}

function head({ columns, rows }) {
  if (!columns) return [];
  const names = columns.map((name) => html("th", { scope: "col" }, name));
  return [html("thead", {}, html("tr", {}, ...(rows ? [html("td")] : []), ...names))];
}

function line(row, i, values, settings) {
  const { rows, format = (value) => number(value), highlight = () => false, classes = () => "", content } = settings;
  const largest = settings.scale ?? Math.max(...values.flat().map(Math.abs));
  const cells = row.map((value, j) =>
    html("td", { class: `${tint(value, largest)} ${classes(i, j)}`, "aria-current": highlight(i, j) ? "true" : null },
      content ? content(i, j, value) : format(value)),
  );
  return html("tr", {}, ...(rows ? [html("th", { scope: "row" }, rows[i])] : []), ...cells);
}

/** Return the classes of a cell: hue by sign, strength in six levels, as in courses/figures.py. */
function tint(value, largest) {
  const level = Math.min(5, Math.ceil((5 * Math.abs(value)) / (largest || 1) - 1e-9)) || 0;
  return `fig-cell-${value < 0 ? "neg" : "pos"} fig-level-${level}`;
}
