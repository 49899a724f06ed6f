// What goes into the unit, and below it what the unit remembers and shows.

import { COMMANDS, SIGNAL, STEPS } from "./unit.js";

const LIMITS = [1.2, 3, 6, 12, 24];
const x = [0, STEPS + 1];

/** Both charts; hollow marks show where the next step leads. */
export function charts(kit) {
  const place = kit.html("div");
  const key = kit.key([
    { series: 1, label: "memory c" },
    { series: 2, label: "shown: h" },
  ]);
  return {
    element: kit.html("div", {}, place, key),
    show: (now) => place.replaceChildren(inputs(kit, now), states(kit, now)),
  };
}

function inputs(kit, { silent, t }) {
  const listed = Object.entries(COMMANDS).map(([step, command]) => `${command} at step ${step}`);
  const range = { x, y: [-1, 1], xTicks: [], yTicks: [-1, 0, 1] };
  const yLabel = silent ? "signal: none" : "signal and commands";
  const description = silent ? "There are none." : `${listed.join(", ")}.`;
  const margin = { top: 34, bottom: 22 };
  const chart = kit.chart({ height: 134, ...range, yLabel, label: "The inputs", description, margin });
  chart.line(t, -1, t, 1, "fig-axis see-cursor");
  if (silent) return chart.root;
  SIGNAL.forEach((value, n) => chart.line(n + 1, 0, n + 1, value, n + 1 < t ? "lstm-stem is-past" : "lstm-stem"));
  for (const [step, command] of Object.entries(COMMANDS)) {
    chart.text(Number(step), -1, command, { anchor: "middle", dy: 18 });
  }
  return chart.root;
}

function states(kit, { past, next, t, over, silent }) {
  const most = Math.max(...[...past, next].map(({ c }) => Math.abs(c)));
  const reach = LIMITS.find((limit) => most <= 0.95 * limit);
  const range = { x, y: [-reach, reach], xTicks: [0, 5, 10, 15, 20] };
  const listed = past.map(({ c, h }, n) => `${n}: c ${kit.number(c)}, h ${kit.number(h)}`);
  const words = { xLabel: "step", yLabel: "state", label: "Memory and output", description: listed.join("; ") };
  const chart = kit.chart({ height: 250, ...range, ...words, margin: { top: 30 } });
  chart.line(...[x[0], 0], ...[x[1], 0]);
  const told = silent ? [] : Object.keys(COMMANDS).map(Number);
  told.forEach((step) => chart.line(step, -reach, step, reach, "lstm-command"));
  ["c", "h"].forEach((part, n) => {
    const points = past.map((state, step) => [step, state[part]]);
    chart.path(points, n + 1);
    points.forEach((point) => chart.point(...point, n + 1, 4));
    if (!over) kit.set(chart.point(t, next[part], n + 1, 5), { class: `fig-line-${n + 1} lstm-next` });
  });
  return chart.root;
}
