// The perceptron's learning rule, one sample at a time, from weights of zero and with a learning rate of 1.

// The twelve points of the lesson, the classes by turns; [x₁, x₂, class].
const PLANE = [
  [3.2, 3.4, 1], [0.8, 2.6, 0], [2.2, 4.4, 1], [1.2, 1.4, 0], [4.4, 3.2, 1], [2.0, 2.4, 0],
  [4.9, 1.4, 1], [3.4, 0.6, 0], [1.4, 4.6, 1], [0.5, 0.9, 0], [3.0, 2.8, 1], [2.4, 1.2, 0],
];
const SWAPPED = [4, 11]; // one point of each class on the other side

export const DATA = {
  separable: PLANE,
  overlapping: PLANE.map(([x1, x2, label], n) => [x1, x2, SWAPPED.includes(n) ? 1 - label : label]),
  xor: [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]],
};

/** w·x + b. */
export function sum({ w, b }, [x1, x2]) {
  return w[0] * x1 + w[1] * x2 + b;
}

/** 1 where w·x + b > 0, else 0. */
export function fires(unit, sample) {
  return sum(unit, sample) > 0 ? 1 : 0;
}

/** Return the state before the first sample; `mistakes` counts them for each pass that was begun. */
export function fresh(samples) {
  return { samples, w: [0, 0], b: 0, seen: 0, mistakes: [], last: null };
}

/** Show the next sample to the unit and return the state after it: w ← w + (y − ŷ)x, b ← b + (y − ŷ). */
export function show(state) {
  const { samples, w, b, seen } = state;
  const n = seen % samples.length;
  const [x1, x2, label] = samples[n];
  const error = label - fires(state, samples[n]);
  const mistakes = n === 0 ? [...state.mistakes, 0] : [...state.mistakes];
  if (error !== 0) mistakes[mistakes.length - 1] += 1;
  return {
    samples,
    w: [w[0] + error * x1, w[1] + error * x2],
    b: b + error,
    seen: seen + 1,
    mistakes,
    last: { n, error, before: { w, b } },
  };
}

/** Say whether a pass over all samples is just over. */
export function passOver({ samples, seen }) {
  return seen > 0 && seen % samples.length === 0;
}

/** Say whether a whole pass has gone by without a mistake: then nothing will ever change again. */
export function settled(state) {
  return passOver(state) && state.mistakes.at(-1) === 0;
}

/** Show samples until the next mistake or the end of the pass. */
export function showUntilMistake(state) {
  const next = show(state);
  return next.last.error !== 0 || passOver(next) ? next : showUntilMistake(next);
}

/** Show what remains of the pass. */
export function showPass(state) {
  const next = show(state);
  return passOver(next) ? next : showPass(next);
}

/** Return how many samples are answered wrongly now. */
export function wrongNow(state) {
  return state.samples.filter((sample) => fires(state, sample) !== sample[2]).length;
}
