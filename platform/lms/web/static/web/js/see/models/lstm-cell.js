// One unit of a long short-term memory: several inputs, one cell state, one hidden state.

/** Return 1/(1 + e^(−a)), with no exponential above 1. */
export function sigmoid(a) {
  const decay = Math.exp(-Math.abs(a));
  return (a >= 0 ? 1 : decay) / (1 + decay);
}

/**
 * Take one step from the states h and c with the inputs x, an array.
 *
 * aₖ = x·wxₖ + h·whₖ + bₖ for each gate k of i, f, g, o, whose `params` are { wx: array, wh, b }. Then
 * c' = σ(a_f)·c + σ(a_i)·tanh(a_g) and h' = σ(a_o)·tanh(c'). Returned are h', c' and the gates i, f, g, o.
 */
export function lstmStep(x, h, c, params) {
  const sums = Object.fromEntries(
    Object.entries(params).map(([gate, { wx, wh, b }]) => [
      gate,
      x.reduce((sum, value, d) => sum + value * wx[d], h * wh + b),
    ]),
  );
  const [i, f, o] = [sums.i, sums.f, sums.o].map(sigmoid);
  const g = Math.tanh(sums.g);
  const next = f * c + i * g;
  return { h: o * Math.tanh(next), c: next, i, f, g, o };
}
