// The numbers of all frames, as a table: what the pictures show, for whoever would rather read.

import { html } from "../see/kit.js";

/** Add a row for each frame; the columns are those that the page came with. */
export function addRows(table, frames) {
  const names = [...table.tHead.rows[0].cells].slice(1).map((cell) => cell.textContent);
  for (const frame of frames) {
    const cells = names.map((name) => html("td", {}, frame.facts[name] ?? ""));
    table.tBodies[0].append(html("tr", {}, html("th", { scope: "row" }, frame.label), ...cells));
  }
}

export function clearRows(table) {
  table.tBodies[0].replaceChildren();
}
