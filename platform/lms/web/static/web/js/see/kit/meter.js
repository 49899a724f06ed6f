// A number as a bar beside its words.

import { html } from "./dom.js";

/**
 * A bar from 0 to `high`, or to both sides of 0 where `low` is negative; `mark` is a value to compare with, `series` the hue.
 * The words beside it hold the number: the bar itself says nothing to assistive technology.
 * Returns { element, show(value, words) }.
 */
export function meter({ low = 0, high = 1, mark = null, series = 1 }) {
  const share = (value) => (value - low) / (high - low);
  const fill = html("span", { class: `see-meter-fill see-series-${series}` });
  const bar = html("span", { class: "see-meter-bar", "aria-hidden": "true" }, fill);
  const words = html("span", { class: "see-meter-words" });
  if (mark !== null) {
    const line = html("span", { class: "see-meter-mark" });
    line.style.setProperty("--from", share(mark));
    bar.append(line);
  }
  return {
    element: html("p", { class: "see-meter" }, bar, words),
    show(value, text) {
      const [from, to] = [share(0), share(value)].sort((a, b) => a - b);
      fill.style.setProperty("--from", from);
      fill.style.setProperty("--to", to);
      words.textContent = text;
    },
  };
}
