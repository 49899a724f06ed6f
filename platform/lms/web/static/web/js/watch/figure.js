// A figure of the stage keeps its room from the first paint on: what is drawn fits into it.

/** Return the width and height that a drawing has: one unit is one pixel, so that text is as large as text. */
export function sizeOf(figure) {
  const { clientWidth, clientHeight } = figure.querySelector("[data-role=drawing]");
  return { width: Math.max(clientWidth, 160), height: Math.max(clientHeight, 40) };
}

/** Put a drawing or a key where the figure has room for it. */
export function place(figure, role, element) {
  figure.querySelector(`[data-role=${role}]`).replaceChildren(element);
}
