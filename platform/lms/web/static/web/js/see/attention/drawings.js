// The two drawings: whom the query listens to, and where the mixture of the values lies.

import { names, values } from "./words.js";

const BOX = { y: 122, width: 84, height: 34 };
const centre = (i) => 50 + 88 * i;

/** The sentence: from the query an arc to each word, as wide as its weight; the weight is written below. */
export function sentence(kit) {
  const description = kit.svg("desc");
  const arcs = kit.svg("g");
  const words = kit.svg("g");
  const label = "Weights of the query on the words";
  const attributes = { class: "fig attention-sentence", viewBox: "0 0 540 190", role: "img", "aria-label": label };
  return {
    element: kit.svg("svg", attributes, description, arcs, words),
    show({ query }, { scores, weights }) {
      const row = weights[query];
      arcs.replaceChildren(...row.flatMap((weight, j) => (weight ? [arc(kit, query, j, weight)] : [])));
      words.replaceChildren(...row.map((weight, j) => word(kit, j, weight, scores[query][j] === -Infinity)));
      words.append(kit.svg("rect", { class: "attention-query", x: centre(query) - BOX.width / 2, ...BOX }));
      const listed = row.map((weight, j) => `${names[j]} ${kit.number(weight)}`).join(", ");
      description.textContent = `From ${names[query]}: ${listed}.`;
    },
  };
}

function arc(kit, query, key, weight) {
  const [from, to] = [centre(query), centre(key)];
  const top = 80 - Math.abs(to - from) / 4;
  const d =
    from === to
      ? `M${from - 12},120C${from - 40},60 ${from + 40},60 ${from + 12},120`
      : `M${from},120C${from},${top} ${to},${top} ${to},120`;
  return kit.svg("path", { class: "attention-arc", d, "stroke-width": Math.max(0.5, 14 * weight) });
}

function word(kit, j, weight, hidden) {
  const text = (y, content, classes) =>
    kit.svg("text", { class: classes, x: centre(j), y, "text-anchor": "middle", "font-size": 21 }, content);
  const classes = hidden ? "fig-cell attention-hidden" : "fig-cell-pos";
  return kit.svg(
    "g",
    {},
    kit.svg("rect", { class: classes, x: centre(j) - BOX.width / 2, ...BOX, "fill-opacity": 0.44 * weight }),
    text(146, names[j], "fig-text"),
    hidden ? text(181, "hidden", "fig-muted") : text(181, kit.number(weight), "fig-text"),
  );
}

/** The values as points of a plane, as large as their weights, tied to their mixture. */
export function mixture(kit) {
  const range = { x: [-1, 6], y: [-1, 6], xTicks: [0, 2, 4, 6], yTicks: [0, 2, 4, 6] };
  const axes = { xLabel: "v₁", yLabel: "v₂; the ring is the mixture", label: "Values and their mixture" };
  const chart = kit.chart({ height: 330, ...range, ...axes });
  const ties = kit.svg("g");
  const ring = kit.svg("circle", { class: "attention-out", r: 9 });
  const out = kit.svg("g", {}, ring, kit.svg("circle", { class: "fig-fill-2", r: 4 }));
  chart.plot.append(ties);
  values.forEach(([x, y], j) => chart.text(x, y, names[j], { anchor: "middle", dy: y > 4 ? -14 : 26 }));
  chart.over.append(out);
  return {
    element: chart.root,
    show({ query }, { weights, out: mixtures }) {
      const place = mixtures[query];
      ties.replaceChildren(...values.map((value, j) => tie(kit, chart, place, value, weights[query][j])));
      chart.move(out, ...place);
      chart.describe(`The mixture is at v₁ = ${kit.number(place[0])}, v₂ = ${kit.number(place[1])}.`);
    },
  };
}

function tie(kit, chart, [x, y], value, weight) {
  const [cx, cy] = [chart.x(value[0]), chart.y(value[1])];
  const ends = { x1: chart.x(x), y1: chart.y(y), x2: cx, y2: cy };
  const classes = weight ? "fig-fill-1" : "fig-cell attention-hidden";
  return kit.svg(
    "g",
    {},
    kit.svg("line", { class: "attention-arc", ...ends, "stroke-width": 10 * weight }),
    kit.svg("circle", { class: classes, cx, cy, r: 3 + 9 * Math.sqrt(weight) }),
  );
}
