// Softmax with a temperature: four logits become probabilities, from one that takes all to all alike.

import { entropy, exponentials, softmax } from "./models/softmax.js";

const CLASSES = ["cat", "dog", "fox", "owl"];
const COLD = -1.3; // powers of ten: temperatures from 0.05 to 50
const HOT = 1.7;
const POWERS = Array.from({ length: 76 }, (_, n) => COLD + (n / 75) * (HOT - COLD));
const SHIFT = 100;
const MOST = Math.log(CLASSES.length);

export function mount(stage, kit) {
  const state = { logits: [3, 2, 1, -1], power: 0, shift: 0 };
  const heat = temperature(kit, state.power, (power) => change({ power }));
  const views = [logits(kit, state, change), curves(kit), numbers(kit), words(kit)];
  const [rows, drawing, table, said] = views.map((view) => view.element);

  function change(changes) {
    Object.assign(state, changes);
    views.forEach((view) => view.show(state, probabilities(state)));
  }

  const left = kit.html("div", { class: "see-rows" }, drawing, heat);
  stage.append(kit.html("div", { class: "see-columns" }, left, rows), said, table);
  change({});
}

function probabilities({ logits, shift, power }) {
  const shifted = logits.map((logit) => logit + shift);
  return softmax(shifted, 10 ** power);
}

/** Write a probability as per cent; what is not quite 0 or 1 does not look like it. */
function percent(share, kit) {
  if (share < 0.0005) return "<0.1%";
  return share < 0.9995 ? `${kit.number(100 * share, 1)}%` : ">99.9%";
}

/** Write a temperature with two or three digits that count. */
function degrees(power) {
  if (power < -0.99) return (10 ** power).toFixed(3);
  return (10 ** power).toFixed(power < 0.99 ? 2 : 0);
}

/** The slider of the temperature, with its two ends and its middle one press away. */
function temperature(kit, power, onInput) {
  const range = { min: COLD, max: HOT, step: 0.02, value: power };
  const slider = kit.slider({ label: "Temperature T", ...range, format: degrees, onInput });
  const jump = (label, to) =>
    kit.button(label, () => {
      slider.set(to);
      onInput(to);
    });
  const jumps = kit.html("div", { class: "see-ends" }, jump("Cold", COLD), jump("T = 1", 0), jump("Hot", HOT));
  return kit.html("div", {}, slider.element, jumps);
}

/** A row for each class: the slider of its logit, and its probability as a bar. */
function logits(kit, state, change) {
  const meters = CLASSES.map((_, k) => kit.meter({ mark: 1 / CLASSES.length, series: k + 1 }));
  const disorder = kit.meter({ high: MOST });
  const sliders = CLASSES.map((name, k) =>
    kit.slider({
      label: `Logit of ${name}`,
      ...{ min: -5, max: 5, step: 0.1, value: state.logits[k] },
      format: (logit) => kit.number(logit + state.shift, 1),
      onInput: (logit) => change({ logits: state.logits.map((old, n) => (n === k ? logit : old)) }),
    }),
  );
  const lift = kit.button(`Add ${SHIFT} to all logits`, () => {
    change({ shift: state.shift ? 0 : SHIFT });
    sliders.forEach((slider) => slider.set(slider.value())); // to write the new values
  });
  const rows = sliders.map((slider, k) => kit.html("div", {}, slider.element, meters[k].element));
  const entropyRow = kit.html("div", {}, kit.html("p", { class: "see-label" }, "Entropy"), disorder.element);
  return {
    element: kit.html("div", { class: "see-rows" }, ...rows, entropyRow, kit.html("div", {}, lift)),
    show({ shift }, shares) {
      meters.forEach((meter, k) => meter.show(shares[k], percent(shares[k], kit)));
      disorder.show(entropy(shares), `${kit.number(entropy(shares))} nats`);
      kit.set(lift, { "aria-pressed": String(shift !== 0) });
    },
  };
}

/** The probabilities over all temperatures; a line stands at the present one. */
function curves(kit) {
  const chart = axes(kit);
  const lines = CLASSES.map((_, k) => chart.path([], k + 1));
  const cursor = chart.line(0, 0, 0, 1, "fig-axis see-cursor");
  const marks = CLASSES.map((_, k) => chart.point(0, 0, k + 1));
  const key = kit.key(CLASSES.map((label, k) => ({ series: k + 1, label })));
  return {
    element: kit.html("div", {}, chart.root, key),
    show(state, shares) {
      const along = POWERS.map((power) => probabilities({ ...state, power }));
      lines.forEach((line, k) => kit.set(line, { d: chart.d(POWERS.map((power, n) => [power, along[n][k]])) }));
      marks.forEach((mark, k) => chart.move(mark, state.power, shares[k]));
      kit.set(cursor, { x1: chart.x(state.power), x2: chart.x(state.power) });
      const listed = CLASSES.map((name, k) => `${name} ${percent(shares[k], kit)}`);
      chart.describe(`At T = ${degrees(state.power)}: ${listed.join(", ")}.`);
    },
  };
}

function axes(kit) {
  const range = { x: [COLD - 0.05, HOT + 0.05], y: [0, 1], xTicks: [], yTicks: [0, 0.25, 0.5, 0.75, 1] };
  const words = {
    xLabel: "temperature T (log scale)",
    yLabel: "probability",
    label: "Probabilities over the temperature",
  };
  const chart = kit.chart({ ...range, ...words });
  for (const power of [-1, 0, 1]) {
    chart.line(power, 0, power, 1, "fig-grid");
    chart.text(power, 0, String(10 ** power), { anchor: "middle", classes: "fig-muted", dy: 19 });
  }
  chart.text(COLD, 0.82, "T → 0: argmax", { classes: "fig-muted", dx: 8 });
  chart.text(HOT, 0.82, "T → ∞: uniform", { anchor: "end", classes: "fig-muted", dx: -4 });
  return chart;
}

/** What happens on the way, as numbers. */
function numbers(kit) {
  const heads = ["class", "z", "z / T", "(z − max) / T", "exp", "p"];
  const { element, show } = kit.table({ heads, caption: "From logits z to probabilities p" });
  return {
    element,
    show({ logits: z, shift, power }, shares) {
      const [heat, largest] = [10 ** power, Math.max(...z)];
      const powers = exponentials(z, heat);
      const rows = CLASSES.map((name, k) => [
        name,
        kit.number(z[k] + shift, 1),
        kit.number((z[k] + shift) / heat),
        kit.number((z[k] - largest) / heat),
        kit.number(powers[k], 4),
        kit.number(shares[k], 4),
      ]);
      show(rows);
    },
  };
}

/** What the picture shows, in a sentence. */
function words(kit) {
  const { element, say } = kit.readout();
  return {
    element,
    show({ logits: z, shift, power }, shares) {
      const leaders = CLASSES.filter((_, k) => z[k] === Math.max(...z));
      const nats = `The entropy is ${kit.number(entropy(shares))} nats of at most ln\u00a04\u00a0=\u00a0${kit.number(MOST)}.`;
      const lifted = shift ? ` All logits are ${shift} larger, and no probability has changed.` : "";
      say(`T = ${degrees(power)}: ${regime(shares, leaders, kit)}.`, nats + lifted);
    },
  };
}

function regime(shares, leaders, kit) {
  const most = Math.max(...shares);
  if (most - Math.min(...shares) < 0.02) return "nearly uniform, each class is close to 1/4";
  if (leaders.length > 1) return `${leaders.join(" and ")} share the lead with ${percent(most, kit)} each`;
  if (most > 0.999) return `as good as argmax, ${leaders[0]} takes ${percent(most, kit)}`;
  return `${leaders[0]} leads with ${percent(most, kit)}`;
}
