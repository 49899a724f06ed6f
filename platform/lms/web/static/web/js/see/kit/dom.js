// Elements, and how numbers are written.

const SVG = "http://www.w3.org/2000/svg";

/** Set attributes; `onclick: f` listens, null and false remove. Returns the element. */
export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === null || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : value);
  }
  return element;
}

/** Make an HTML element; children are elements or strings. */
export function html(tag, attributes = {}, ...children) {
  const element = set(document.createElement(tag), attributes);
  element.append(...children);
  return element;
}

/** Make an SVG element. */
export function svg(tag, attributes = {}, ...children) {
  const element = set(document.createElementNS(SVG, tag), attributes);
  element.append(...children);
  return element;
}

/** Write a number with so many digits after the point and a real minus sign; never −0. */
export function number(value, digits = 2) {
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value > 0 ? "infinite" : "−infinite";
  if (Math.abs(value) >= 1e6) {
    const [mantissa, exponent] = value.toExponential(1).split("e+");
    return `${mantissa} · 10^${exponent}`.replace("-", "−");
  }
  const written = value.toFixed(digits);
  return Number(written) === 0 ? (0).toFixed(digits) : written.replace("-", "−");
}
