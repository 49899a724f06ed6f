// The perceptron's rule at work: a line that moves with every mistake, until there are none, or for ever.

import { DATA, fires, fresh, passOver, settled, show, showPass, showUntilMistake, sum, wrongNow } from "./models/perceptron.js";

const MOST_PASSES = 30;
const FIRES = "fig-cell-neg fig-level-2"; // the tint of the side on which the unit fires
const FAR = 30; // longer than any axis
const AXES = {
  separable: { x: [0, 5.5], y: [0, 5], xTicks: [0, 1, 2, 3, 4, 5], yTicks: [0, 1, 2, 3, 4, 5] },
  overlapping: { x: [0, 5.5], y: [0, 5], xTicks: [0, 1, 2, 3, 4, 5], yTicks: [0, 1, 2, 3, 4, 5] },
  xor: { x: [-0.5, 1.5], y: [-0.5, 1.5], xTicks: [0, 1], yTicks: [0, 1] },
};
const ADVANCE = { sample: show, mistake: showUntilMistake, pass: showPass };

export function mount(stage, kit) {
  let state = fresh(DATA.separable);
  let picture = plane(kit, "separable");
  const main = kit.html("div", { class: "see-main" }, picture.root, legend(kit));
  const curve = mistakesPerPass(kit);
  const facts = kit.facts(["Weights", "Bias", "Mistakes so far", "Wrong now"]);
  const words = kit.readout();
  const data = kit.choice({
    label: "Classes",
    options: [["separable", "Separable"], ["overlapping", "Not separable"], ["xor", "XOR"]],
    value: "separable",
    onInput: (name) => {
      stepper.stop();
      picture = plane(kit, name);
      main.firstElementChild.replaceWith(picture.root);
      change(fresh(DATA[name]));
    },
  });
  const pace = kit.choice({
    label: "One step is to the next",
    options: [["sample", "sample"], ["mistake", "mistake"], ["pass", "pass"]],
    value: "mistake",
    onInput: () => {},
  });
  const stepper = kit.stepper({
    step: () => change(ADVANCE[pace.value()](state)),
    reset: () => change(fresh(state.samples)),
    done: () => settled(state) || state.seen >= MOST_PASSES * state.samples.length,
  });

  function change(next) {
    state = next;
    const total = state.mistakes.reduce((all, one) => all + one, 0);
    picture.show(state);
    curve.show(state);
    const weights = state.w.map((weight) => kit.number(weight, 1)).join(", ");
    facts.show([`(${weights})`, kit.number(state.b, 0), String(total), `${wrongNow(state)} of ${state.samples.length}`]);
    words.say(...sentence(kit, state, total));
    stepper.refresh();
  }

  stage.append(
    kit.html("div", { class: "see-split" },
      kit.html("div", { class: "see-controls" }, data.element, pace.element),
      main,
      stepper.element,
      words.element,
      kit.html("div", { class: "see-side" }, facts.element, curve.root),
    ),
  );
  change(state);
}

function legend(kit) {
  return kit.key([
    { kind: "point", series: 1, label: "should rest" },
    { kind: "point", series: 2, label: "should fire" },
    { kind: "area", classes: FIRES, label: "here the unit fires" },
    { series: 3, label: "the line before" },
  ]);
}

function plane(kit, name) {
  const chart = kit.chart({
    height: 350,
    ...AXES[name],
    xLabel: "x₁",
    yLabel: "x₂",
    label: "The samples and the line of the perceptron",
    description: "Round points should rest, square ones should fire. The tinted side of the line is where the unit fires.",
  });
  const side = kit.svg("path", { class: FIRES });
  chart.plot.append(side);
  const before = chart.path([], 3);
  const line = kit.set(chart.path([], 1), { class: "see-ink" });
  const ring = kit.svg("circle", { class: "see-ring see-moves", r: 13 });
  chart.plot.append(ring);
  for (const [x1, x2, label] of DATA[name]) chart.point(x1, x2, label + 1, 7);
  return {
    root: chart.root,
    show({ samples, w, b, last }) {
      const [now, old] = [border(w, b), last?.error ? border(last.before.w, last.before.b) : null];
      kit.set(line, { d: now ? chart.d(now.line) : "" });
      kit.set(side, { d: now ? `${chart.d(now.side)}Z` : "" });
      kit.set(before, { d: old ? chart.d(old.line) : "" });
      ring.toggleAttribute("hidden", !last);
      if (last) chart.move(ring, ...samples[last.n].slice(0, 2));
    },
  };
}

/** Return the two far ends of the line w·x + b = 0 and the outline of the side beyond it; null where there is none. */
function border([w1, w2], b) {
  const length = Math.hypot(w1, w2);
  if (length === 0) return null;
  const [u, v] = [w1 / length, w2 / length];
  const [x, y] = [(-b * u) / length, (-b * v) / length];
  const line = [[x - FAR * v, y + FAR * u], [x + FAR * v, y - FAR * u]];
  return { line, side: [...line, ...line.map(([p, q]) => [p + FAR * u, q + FAR * v]).reverse()] };
}

function mistakesPerPass(kit) {
  const chart = kit.chart({
    height: 270,
    x: [0.4, MOST_PASSES + 0.6],
    y: [0, 10],
    xTicks: [1, 10, 20, 30],
    yTicks: [0, 5, 10],
    xLabel: "pass",
    yLabel: "mistakes in each pass",
    label: "Mistakes in each pass",
    description: "One bar for each pass over the samples.",
  });
  const bars = Array.from({ length: MOST_PASSES }, (_, pass) =>
    kit.svg("rect", { class: "fig-fill-1", x: chart.x(pass + 0.65), width: chart.x(0.7) - chart.x(0) }),
  );
  chart.plot.append(...bars);
  const none = chart.point(0, 0, 3, 6);
  return {
    root: chart.root,
    show(state) {
      bars.forEach((bar, pass) => {
        const count = state.mistakes[pass] ?? 0;
        kit.set(bar, { y: chart.y(count), height: chart.y(0) - chart.y(count) });
      });
      none.toggleAttribute("hidden", !settled(state));
      chart.move(none, state.mistakes.length, 0.4);
      chart.describe(state.mistakes.length ? `Mistakes in each pass so far: ${state.mistakes.join(", ")}.` : "No pass yet.");
    },
  };
}

/** Return headline, text and tone for what has just happened. */
function sentence(kit, state, total) {
  const { samples, seen, mistakes, last } = state;
  const passes = mistakes.length;
  if (!last) return ["No line yet.", "Both weights and the bias are 0, so every sum is 0 and the unit rests everywhere."];
  if (settled(state))
    return ["Settled.", `Pass ${passes} went by without a mistake, after ${total} in all: nothing will change any more.`, "good"];
  if (seen >= MOST_PASSES * samples.length)
    return ["It never settles.", `${passes} passes and ${total} mistakes, and none of the passes was free of them.`, "bad"];
  const [x1, x2] = samples[last.n];
  const reached = kit.number(sum(last.before, samples[last.n]));
  const place = `Pass ${passes}, sample (${x1}, ${x2}): the sum is ${reached}`;
  if (last.error > 0) return ["A miss.", `${place}. The unit rests and should fire, so the sample is added to the weights.`, "part"];
  if (last.error < 0)
    return ["A false alarm.", `${place}. The unit fires and should rest, so the sample is subtracted from the weights.`, "part"];
  const answer = fires(last.before, samples[last.n]) ? "fires" : "rests";
  const end = passOver(state) ? ` That was the end of the pass, with ${mistakes.at(-1)} mistakes.` : "";
  return ["Right.", `${place}. The unit ${answer}, as it should; nothing changes.${end}`];
}
