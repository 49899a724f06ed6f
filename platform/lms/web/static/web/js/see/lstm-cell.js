// One LSTM unit, step by step: how far its gates will open, and what is left in its memory.

import { charts } from "./lstm-cell/charts.js";
import { COMMANDS, firstBiases, PRESETS, run, SIGNAL, stepFrom, STEPS } from "./lstm-cell/unit.js";

const GATES = [
  { gate: "f", label: "Forget gate f, bias", series: 1, means: (share) => `keeps ${share} of c` },
  { gate: "i", label: "Input gate i, bias", series: 2, means: (share) => `writes ${share} of g` },
  { gate: "g", label: "Candidate g, bias", series: 4, low: -1, means: (_, value) => `would write ${value}` },
  { gate: "o", label: "Output gate o, bias", series: 3, means: (share) => `shows ${share} of tanh(c)` },
];

export function mount(stage, kit) {
  const state = { silent: false, biases: firstBiases(false), taken: [] };
  const gates = GATES.map((entry) => gateRow(kit, entry, (bias) => set({ [entry.gate]: bias })));
  const [picture, sums, said] = [charts, equations, words].map((view) => view(kit));
  const source = inputsChoice(kit, (silent) => begin({ silent, biases: firstBiases(silent) }));
  const presets = presetChoice(kit, set);
  const stepper = kit.stepper({
    step: () => change({ taken: [...state.taken, state.biases] }),
    reset: () => change({ taken: [] }),
    done: () => state.taken.length === STEPS,
  });

  function begin(changes) {
    stepper.stop();
    change({ ...changes, taken: [] });
  }
  function set(biases) {
    const next = { ...state.biases, ...biases };
    // A network has the same weights at all steps: with a sequence, the past changes too. Without, each step was chosen.
    change({ biases: next, taken: state.silent ? state.taken : state.taken.map(() => next) });
  }
  function change(changes) {
    Object.assign(state, changes);
    const now = { ...state, ...around(state) };
    [...gates, presets, picture, sums, said].forEach((view) => view.show(now));
    stepper.refresh();
  }

  const left = kit.html("div", { class: "see-rows" }, picture.element, stepper.element, said.element);
  const right = kit.html("div", { class: "see-rows" }, ...gates.map((gate) => gate.element), sums.element);
  stage.append(
    kit.html("div", { class: "see-controls" }, source.element, presets.element),
    kit.html("div", { class: "see-columns" }, left, right),
  );
  change({});
}

/** Return the past states and the step that comes next, or the last one when all are taken. */
function around({ taken, biases, silent }) {
  const past = run(taken, silent);
  const over = taken.length === STEPS;
  const t = over ? STEPS : past.length;
  const before = past[t - 1];
  return { past, over, t, before, next: stepFrom(before, t, over ? taken.at(-1) : biases, silent) };
}

function inputsChoice(kit, onInput) {
  const options = Object.entries({ "signal with commands": false, none: true }).map(([label, value]) => [value, label]);
  return kit.choice({ label: "Inputs", value: false, options, onInput });
}

/** The gates set with one press; none is chosen once a slider has been moved elsewhere. */
function presetChoice(kit, onInput) {
  const options = Object.keys(PRESETS).map((name) => [name, name]);
  const choice = kit.choice({ label: "Set the gates to", options, onInput: (name) => onInput(PRESETS[name]) });
  const matches = (preset, biases) => Object.entries(preset).every(([gate, bias]) => biases[gate] === bias);
  return {
    element: choice.element,
    show: ({ biases }) => choice.set(Object.keys(PRESETS).find((name) => matches(PRESETS[name], biases)) ?? null),
  };
}

/** A gate: the slider of its bias, and how far it opens at the step to come. */
function gateRow(kit, { gate, label, series, low = 0, means }, onInput) {
  const format = (bias) => kit.number(bias, 1);
  const slider = kit.slider({ label, min: -8, max: 8, step: 0.5, value: 0, format, onInput });
  const meter = kit.meter({ low, series });
  return {
    element: kit.html("div", {}, slider.element, meter.element),
    show({ biases, next }) {
      slider.set(biases[gate]);
      meter.show(next[gate], means(percent(next[gate], kit), kit.number(next[gate])));
    },
  };
}

/** Both formulas with their numbers. */
function equations(kit) {
  const [memory, shown] = [kit.html("p"), kit.html("p")];
  const written = (value) => kit.number(value, 3).replace(/^−.*/, "($&)");
  return {
    element: kit.html("div", { class: "see-sums" }, memory, shown),
    show({ before, next: { f, i, g, o, c, h } }) {
      const [kept, added] = [`${written(f)} · ${written(before.c)}`, `${written(i)} · ${written(g)}`];
      memory.textContent = `c′ = f · c + i · g = ${kept} + ${added} = ${kit.number(c, 3)}`;
      shown.textContent = `h′ = o · tanh(c′) = ${written(o)} · ${written(Math.tanh(c))} = ${kit.number(h, 3)}`;
    },
  };
}

/** What happens at the step to come, in words. */
function words(kit) {
  const { element, say } = kit.readout();
  return {
    element,
    show({ t, next, before, over, silent }) {
      const told = COMMANDS[t] ? `“${COMMANDS[t]}”` : "no command";
      const input = silent ? "" : `, signal ${kit.number(SIGNAL[t - 1], 1)}, ${told}`;
      const [f, i, o] = [next.f, next.i, next.o].map((share) => percent(share, kit));
      const [from, to, h] = [before.c, next.c, next.h].map((value) => kit.number(value));
      say(
        `${over ? "Done; the last step" : `Next, step ${t}`}${input}:`,
        `keep ${f} of c, write ${i} of g. c ${over ? "went" : "goes"} from ${from} to ${to}. With ${o} of it shown, h is ${h}.`,
      );
    },
  };
}

const percent = (share, kit) => `${kit.number(100 * share, 1)}%`;
