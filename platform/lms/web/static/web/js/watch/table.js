// The numbers of all frames, as a table: what the pictures show, for whoever would rather read.

import { html } from "../see/kit.js";

/** Add a row for each frame; the facts of the last frame that has some are the columns. */
export function addRows(table, frames) {
  for (const frame of frames) {
    const names = columns(table);
    for (const name of Object.keys(frame.facts)) {
      if (names.includes(name)) continue;
      table.tHead.rows[0].append(html("th", { scope: "col" }, name));
      for (const row of table.tBodies[0].rows) row.append(html("td", {}, ""));
      names.push(name);
    }
    const cells = names.map((name) => html("td", {}, frame.facts[name] ?? ""));
    table.tBodies[0].append(html("tr", {}, html("th", { scope: "row" }, frame.label), ...cells));
  }
}

export function clearRows(table) {
  table.tBodies[0].replaceChildren();
  [...table.tHead.rows[0].cells].slice(1).forEach((cell) => cell.remove());
}

function columns(table) {
  return [...table.tHead.rows[0].cells].slice(1).map((cell) => cell.textContent);
}
