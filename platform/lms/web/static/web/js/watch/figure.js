// A figure of the stage keeps its room from the first paint on: what is drawn fits into it.

const roomOf = (figure) => figure.querySelector("[data-role=drawing]");

/** Whether there is room to draw in: not before the style sheets are there. */
export function hasRoom(figure) {
  return roomOf(figure).clientHeight > 40;
}

/** Return the width and height that a drawing has: one unit is one pixel, so that text is as large as text. */
export function sizeOf(figure) {
  const { clientWidth, clientHeight } = roomOf(figure);
  return { width: clientWidth, height: clientHeight };
}

/** Put a drawing or a key where the figure has room for it. */
export function place(figure, role, element) {
  figure.querySelector(`[data-role=${role}]`).replaceChildren(element);
}
