// The fields of the learner's own input: what is wrong stands beside each, and what was written stays for the next visit.

import { recall, remember } from "./keep.js";

const fields = [...document.querySelectorAll("#own-input [name]")];

/** Show the errors of a refused run, {"input.x": sentence}, and go to the first field with one. */
export function showErrors(errors) {
  for (const field of fields) {
    const words = errors[field.name] ?? "";
    const place = document.getElementById(`${field.id}-error`);
    if (place) place.textContent = words;
    if (words) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
  const first = fields.find((field) => errors[field.name]);
  first?.focus();
  first?.parentElement.scrollIntoView({ block: "center" });
}

/** Return the inputs as one text, "" where the shown cases are to be run. */
export function ownInput() {
  if (!document.getElementById("on-own")?.checked) return "";
  return JSON.stringify(fields.map((field) => [field.name, field.value]));
}

/** Remember what is written; `changed` is called whenever it changes. */
export function keepInputs(slug, changed) {
  const key = `inputs:${slug}`;
  const first = fields.map((field) => field.value);
  const kept = recall(key) ?? {};
  for (const field of fields) if (field.name in kept) field.value = kept[field.name];

  const keep = () => {
    remember(key, Object.fromEntries(fields.map((field) => [field.name, field.value])));
    changed();
  };
  fields.forEach((field) => field.addEventListener("input", keep));
  document.querySelectorAll("input[name=on]").forEach((choice) => choice.addEventListener("change", changed));
  const reset = document.getElementById("own-reset");
  if (!reset) return;
  reset.hidden = false;
  reset.addEventListener("click", () => {
    fields.forEach((field, place) => (field.value = first[place]));
    showErrors({});
    keep();
  });
}
