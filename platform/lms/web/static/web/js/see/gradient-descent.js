// Gradient descent on the loss of a line through five points: where the steps lead, and what the learning rate decides.

import { bowl, contour, descend, loss, regime } from "./models/gradient-descent.js";

const START = [-1.4, 3.4];
const MOST_STEPS = 40;
const OFF_THE_MAP = 1000; // a loss beyond the last tick: nothing is left to see
export function mount(stage, kit) {
  const state = { start: START, rate: 0.1, steps: 8 };
  const valley = landscape(kit, (x, y) => change({ start: [x, y] }));
  const curve = lossCurve(kit);
  const words = kit.readout();
  const rate = kit.slider({
    label: "Learning rate",
    min: 0.01,
    max: 0.7,
    step: 0.01,
    value: state.rate,
    format: (value) => value.toFixed(2),
    onInput: (value) => change({ rate: value }),
  });
  const stepper = kit.stepper({
    step: () => change({ steps: state.steps + 1 }),
    reset: () => change({ steps: 0 }),
    done: () => state.steps >= MOST_STEPS || loss(descend(state.start, state.rate, state.steps).at(-1)) > OFF_THE_MAP,
  });

  function change(changes) {
    Object.assign(state, changes);
    const path = descend(state.start, state.rate, state.steps);
    const losses = path.map(loss);
    valley.show(path);
    curve.show(losses);
    say(kit, words, state, losses);
    stepper.refresh();
  }

  stage.append(
    kit.html("div", { class: "see-split" },
      kit.html("div", { class: "see-controls" }, rate.element),
      kit.html("div", { class: "see-main" }, valley.root),
      stepper.element,
      words.element,
      kit.html("div", { class: "see-side" }, curve.root),
    ),
  );
  change({});
}

function landscape(kit, onMove) {
  const chart = kit.chart({
    height: 350,
    x: [-2, 4],
    y: [-2, 4],
    xLabel: "intercept",
    yLabel: "slope",
    label: "The path over the loss surface",
    description: "Lines of equal loss around the lowest point, and the path from the start, step by step.",
    interactive: true,
  });
  const { bottom } = bowl();
  for (const height of [18, 11, 6, 3, 1.2, 0.3]) {
    const outline = kit.svg("path", { class: "see-contour fig-cell-pos fig-level-1", d: `${chart.d(contour(height))}Z` });
    chart.plot.append(outline);
  }
  chart.point(...bottom, 3, 7);
  chart.text(...bottom, "lowest", { dx: 10, dy: 16 });
  const line = kit.set(chart.path([], 2), { "stroke-dasharray": null });
  const marks = Array.from({ length: MOST_STEPS + 1 }, () => chart.point(...START, 2, 4));
  const say = ([x, y]) => `intercept ${kit.number(x, 1)}, slope ${kit.number(y, 1)}`;
  const start = kit.handle(chart, { at: START, label: "Start of the path", step: 0.1, say, onMove, jump: true });
  start.element.append(kit.svg("text", { class: "fig-text", x: 16, y: 5, "font-size": 15 }, "start"));
  return {
    root: chart.root,
    show(path) {
      kit.set(line, { d: chart.d(path) });
      marks.forEach((mark, n) => {
        mark.toggleAttribute("hidden", n >= path.length);
        if (n < path.length) chart.move(mark, ...path[n]);
      });
      start.move(...path[0]);
    },
  };
}

function lossCurve(kit) {
  const chart = kit.chart({
    height: 350,
    x: [0, MOST_STEPS],
    y: [-2, 3],
    yTicks: [-2, -1, 0, 1, 2, 3],
    yFormat: (power) => String(10 ** power),
    xLabel: "step",
    yLabel: "loss (logarithmic)",
    label: "The loss after each step",
    description: "The loss of each step on a logarithmic scale, above a line at the lowest loss that there is.",
  });
  const lowest = Math.log10(bowl().lowest);
  chart.path([[0, lowest], [MOST_STEPS, lowest]], 3);
  chart.text(MOST_STEPS, lowest, "lowest", { anchor: "end", dy: 18 });
  const line = kit.set(chart.path([], 2), { "stroke-dasharray": null });
  const now = chart.point(0, 0, 2, 5);
  return {
    root: chart.root,
    show(losses) {
      const points = losses.map((value, step) => [step, Math.log10(value)]);
      kit.set(line, { d: chart.d(points) });
      chart.move(now, ...points.at(-1));
    },
  };
}

function say(kit, words, { rate, steps }, losses) {
  const [headline, why, tone] = judged(kit, rate);
  const [now, lowest] = [losses.at(-1), bowl().lowest].map((value) => kit.number(value, value < 10 ? 3 : 0));
  words.say(headline, `${why} After ${steps} ${steps === 1 ? "step" : "steps"} the loss is ${now}; the lowest is ${lowest}.`, tone);
}

/** Return what a learning rate does, why, and its tone. */
function judged(kit, rate) {
  const { curvatures, bound } = bowl();
  const [across, along] = curvatures.map((curvature) => 1 - rate * curvature);
  const share = (factor) => `${kit.number(100 * (1 - factor), 0)}%`;
  const covered = `One step covers ${share(across)} of the way across the valley and ${share(along)} of the way along it.`;
  const leap = `Each step multiplies the distance across the valley by ${kit.number(across)}:`;
  return {
    creeps: ["Too low: it creeps.", covered, "part"],
    walks: ["A good learning rate: it walks down.", covered, "good"],
    overshoots: ["It overshoots, and still comes down.", `${leap} to the other side, but nearer.`, "part"],
    diverges: [
      "Too high: it diverges.",
      `${leap} to the other side, and farther away. The border is 2 / steepest curvature = 2 / ${kit.number(curvatures[0])} = ${kit.number(bound, 3)}.`,
      "bad",
    ],
  }[regime(rate)];
}
