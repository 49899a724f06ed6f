// A unit whose weights were set by hand, and the sequence that it is shown.

import { lstmStep } from "../models/lstm-cell.js";

export const STEPS = 20;
export const SIGNAL = [
  0.2, -0.4, 1, -0.5, 0.3, 0.6, -0.2, -0.6, 0.1, 0.4, -0.3, 0.5, -0.1, 0.2, -0.5, 0.3, 0.4, -0.2, 0.6, -0.4,
];
export const COMMANDS = { 3: "store", 13: "show", 16: "clear", 20: "show" };

const SHUT = -6;
const OPEN = 6;
// The inputs are the signal, "store", "show" and "clear". "Store" and "clear" shut the forget gate.
const WEIGHTS = {
  f: { wx: [0, -12, 0, -12], wh: 0 },
  i: { wx: [0, 12, 0, 0], wh: 0 },
  g: { wx: [1.5, 0, 0, 0], wh: 0 },
  o: { wx: [0, 0, 12, 0], wh: 0 },
};

export const PRESETS = {
  Remember: { f: OPEN, i: SHUT, o: SHUT },
  Forget: { f: SHUT, i: SHUT, o: SHUT },
  Write: { f: SHUT, i: OPEN, o: SHUT },
  "Read out": { f: OPEN, i: SHUT, o: OPEN },
};

/** Return the biases to begin with. Without inputs nothing but the candidate's own says what would be written. */
export const firstBiases = (silent) => ({ ...PRESETS.Remember, g: silent ? 2 : 0 });

/** Take step t = 1, 2, … from a state. `silent`: all inputs are 0, and the biases alone decide. */
export function stepFrom({ h, c }, t, biases, silent) {
  const commands = ["store", "show", "clear"].map((command) => Number(COMMANDS[t] === command));
  const inputs = silent ? [0, 0, 0, 0] : [SIGNAL[t - 1], ...commands];
  const params = Object.entries(WEIGHTS).map(([gate, weights]) => [gate, { ...weights, b: biases[gate] }]);
  return lstmStep(inputs, h, c, Object.fromEntries(params));
}

/** Return the state at the start and after each step; `taken` holds the biases that each step was taken with. */
export function run(taken, silent) {
  const states = [{ h: 0, c: 0 }];
  for (const biases of taken) states.push(stepFrom(states.at(-1), states.length, biases, silent));
  return states;
}
