// Numbers in rows and columns, where a tint would say nothing.

import { html } from "./dom.js";

/**
 * A table whose rows begin with their name. Returns { element, show(rows, { caption, total }) }; `total` is a last row
 * of two: what it is, and its value.
 */
export function table({ heads, caption = "" }) {
  const title = html("caption", {}, caption);
  const head = html("thead", {}, html("tr", {}, ...heads.map((name) => html("th", { scope: "col" }, name))));
  const body = html("tbody");
  const foot = html("tfoot");
  const name = (content, colspan = 1) => html("th", { scope: "row", colspan }, content);
  const row = ([first, ...rest]) => html("tr", {}, name(first), ...rest.map((content) => html("td", {}, content)));
  return {
    element: html("div", { class: "see-scroll" }, html("table", { class: "see-table" }, title, head, body, foot)),
    show(rows, { caption: words = caption, total = null } = {}) {
      title.textContent = words;
      body.replaceChildren(...rows.map(row));
      foot.replaceChildren();
      if (!total) return;
      const [meaning, value] = total;
      foot.append(html("tr", {}, name(meaning, heads.length - 2), html("td", { colspan: 2 }, value)));
    },
  };
}
