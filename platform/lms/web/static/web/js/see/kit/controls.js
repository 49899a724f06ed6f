// What the learner sets: sliders, choices, buttons. All are native elements, so that keyboard and speech work as ever.

import { html, set } from "./dom.js";

let groups = 0;

/** A slider with its value written beside its label; `format(value)` is read aloud too. Returns { element, value, set }. */
export function slider({ label, min, max, step, value, format = String, onInput }) {
  const output = html("span", { class: "see-value", "aria-hidden": "true" });
  const input = html("input", { type: "range", min, max, step, value });
  const show = () => {
    output.textContent = format(Number(input.value));
    set(input, { "aria-valuetext": output.textContent });
  };
  input.addEventListener("input", () => {
    show();
    onInput(Number(input.value));
  });
  show();
  const element = html("label", { class: "see-slider" }, html("span", { class: "see-label" }, label), output, input);
  return {
    element,
    value: () => Number(input.value),
    set: (next) => {
      input.value = next;
      show();
    },
  };
}

/** One of a few: `options` are [[value, label], …]. Returns { element, value, set }. */
export function choice({ label, options, value, onInput }) {
  const name = `see-choice-${++groups}`;
  const inputs = options.map(([option]) =>
    html("input", { type: "radio", name, value: option, checked: option === value, onchange: () => onInput(option) }),
  );
  const labels = inputs.map((input, i) => html("label", {}, input, html("span", {}, options[i][1])));
  const element = html("fieldset", { class: "switch-group" }, html("legend", {}, label),
    html("div", { class: "switch" }, ...labels));
  return {
    element,
    value: () => inputs.find((input) => input.checked)?.value,
    /** Choose; null chooses none, for when the learner's own setting is none of the options. */
    set: (next) => inputs.forEach((input) => (input.checked = input.value === next)),
  };
}

/** A button. */
export function button(label, onClick) {
  return html("button", { type: "button", class: "button", onclick: onClick }, label);
}
