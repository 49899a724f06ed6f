// The difference of two texts, line by line.

const MOST_CELLS = 4_000_000;

/** Return [{ mark: "same" | "gone" | "new", text }] that lead from `before` to `after`. */
export function difference(before, after) {
  const [old, now] = [before.split("\n"), after.split("\n")];
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const middle = changes(old.slice(head, old.length - tail), now.slice(head, now.length - tail));
  const same = (lines) => lines.map((text) => ({ mark: "same", text }));
  return [...same(old.slice(0, head)), ...middle, ...same(tail ? old.slice(-tail) : [])];
}

/** By the longest common subsequence; texts too long for its table are shown one after the other. */
function changes(old, now) {
  const width = now.length + 1;
  if ((old.length + 1) * width > MOST_CELLS) {
    return [...old.map((text) => ({ mark: "gone", text })), ...now.map((text) => ({ mark: "new", text }))];
  }
  const common = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      const [below, right] = [common[(i + 1) * width + j], common[i * width + j + 1]];
      common[i * width + j] = old[i] === now[j] ? common[(i + 1) * width + j + 1] + 1 : Math.max(below, right);
    }
  }
  const lines = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      lines.push({ mark: "same", text: old[i] });
      [i, j] = [i + 1, j + 1];
    } else if (j === now.length || (i < old.length && common[(i + 1) * width + j] >= common[i * width + j + 1])) {
      lines.push({ mark: "gone", text: old[i] });
      i += 1;
    } else {
      lines.push({ mark: "new", text: now[j] });
      j += 1;
    }
  }
  return lines;
}

const SIGNS = { same: " ", gone: "−", new: "+" };

/** Show the difference in the list `place`. */
export function showDifference(place, before, after) {
  const rows = difference(before, after).map(({ mark, text }) => {
    const row = document.createElement("li");
    row.className = mark;
    row.textContent = `${SIGNS[mark]} ${text}`;
    return row;
  });
  place.replaceChildren(...rows);
}
