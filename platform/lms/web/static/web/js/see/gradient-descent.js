// Gradient descent on the loss of a line through five points: where the steps lead, and what the learning rate decides.

import { bowl, contour, descend, loss, regime } from "./models/gradient-descent.js";

const START = [-1.4, 3.4];
const MOST_STEPS = 40;
const OFF_THE_MAP = 1000; // a loss beyond the last tick: nothing is left to see
const WORDS = {
  creeps: ["Too low: it creeps.", "part"],
  walks: ["A good learning rate: it walks down.", "good"],
  overshoots: ["It overshoots, and still comes down.", "part"],
  circles: ["It leaps back and forth for ever.", "bad"],
  diverges: ["Too high: it diverges.", "bad"],
};

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
    kit.html("div", { class: "see-controls" }, rate.element),
    kit.html("div", { class: "see-columns" }, valley.root, curve.root),
    stepper.element,
    words.element,
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
  const start = kit.handle(chart, { at: START, label: "Start: arrow keys move it", step: 0.1, say, onMove });
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
    y: [-1.5, 3],
    yTicks: [-1, 0, 1, 2, 3],
    yFormat: (power) => String(10 ** power),
    xLabel: "step",
    yLabel: "loss, each line ten times the one below",
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
  const { curvatures, bound, lowest } = bowl();
  const [across, along] = curvatures.map((curvature) => kit.number(1 - rate * curvature));
  const [headline, tone] = WORDS[regime(rate)];
  words.say(
    headline,
    `After ${steps} ${steps === 1 ? "step" : "steps"} the loss is ${kit.number(losses.at(-1))}; the lowest is ${kit.number(lowest)}. ` +
      `Each step multiplies the distance to the lowest point by ${across} across the valley and by ${along} along it. ` +
      `Beyond a learning rate of 2 / ${kit.number(curvatures[0])} = ${kit.number(bound, 3)} the first of these is below −1.`,
    tone,
  );
}
