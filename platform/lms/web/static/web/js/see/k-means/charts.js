// The points with their centroids, and how the sum of squared distances falls.

import { POINTS } from "./points.js";

const TICKS = [0, 2, 4, 6, 8];
const TOPS = [100, 200, 500, 1000, 2000, 5000];

/** The plane: each group has a shape and a hue of its own, and each centroid the way that it came. */
export function plane(kit) {
  const range = { x: [-1, 9], y: [-1, 9], xTicks: TICKS, yTicks: TICKS };
  const words = { xLabel: "first feature", yLabel: "second feature", label: "Points and centroids" };
  const chart = kit.chart({ height: 384, ...range, ...words }); // so high that both features have the same unit
  return {
    element: chart.root,
    show({ run: { centroids, labels, paths } }) {
      chart.plot.replaceChildren();
      labels?.forEach((label, n) => chart.line(...POINTS[n], ...centroids[label], "fig-grid"));
      paths.forEach((path, k) => kit.set(chart.path(path, k + 1), { "stroke-dasharray": null }));
      POINTS.forEach((point, n) => {
        if (labels) chart.point(...point, labels[n] + 1, 4.5);
        else kit.set(chart.point(...point, 1, 4.5), { class: "k-means-free" });
      });
      centroids.forEach((place, k) => chart.point(...place, k + 1, 9).classList.add("k-means-centroid"));
      chart.describe(centroids.map((place, k) => inWords(kit, k, place, labels)).join("; "));
    },
  };
}

function inWords(kit, k, place, labels) {
  const [x, y] = place.map((value) => kit.number(value, 1));
  const size = labels?.filter((label) => label === k).length ?? 0;
  return `Centroid ${k + 1} at (${x}, ${y}) with ${size} points`;
}

/** J after every half-step, and the lowest J that a run with as many centroids has ended with. */
export function curve(kit) {
  const place = kit.html("div");
  const key = kit.key([
    { series: 1, label: "assigned", kind: "point" },
    { series: 2, label: "moved", kind: "point" },
  ]);
  return {
    element: kit.html("div", {}, place, key),
    show: (state) => place.replaceChildren(sums(kit, state)),
  };
}

function sums(kit, { run, count, lowest }) {
  const last = Math.max(14, run.sums.length);
  const top = TOPS.find((limit) => limit >= Math.max(0, ...run.sums));
  const description = run.sums.map((sum) => kit.number(sum, 1)).join(", ");
  const words = { xLabel: "half-steps", yLabel: "J, sum of squared distances", label: "J after each half-step" };
  const chart = kit.chart({ height: 250, x: [0, last], y: [0, top], ...words, description });
  const best = lowest[count];
  if (best !== undefined) {
    chart.line(0, best, last, best, "fig-line-3 k-means-lowest");
    chart.text(last, best, `lowest end for K = ${count}`, { anchor: "end", dy: -7, classes: "fig-muted" });
  }
  const points = run.sums.map((sum, n) => [n + 1, sum]);
  chart.path(points, 1);
  points.forEach((point, n) => chart.point(...point, (n % 2) + 1, 4));
  return chart.root;
}
