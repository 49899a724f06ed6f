// Softmax with a temperature, and how undecided its probabilities are.

/** Return exp(zₖ/T − m) / Σⱼ exp(zⱼ/T − m), with m the largest of all z/T, so that nothing overflows. T > 0. */
export function softmax(logits, temperature = 1) {
  const powers = exponentials(logits, temperature);
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/** Return exp(zₖ/T − m), the exponentials that softmax shares: the largest is 1. */
export function exponentials(logits, temperature = 1) {
  const largest = Math.max(...logits);
  return logits.map((logit) => Math.exp((logit - largest) / temperature));
}

/** Return −Σ pₖ ln pₖ in nats: 0 when one outcome is certain, ln K when all K are equally likely. */
export function entropy(probabilities) {
  return probabilities.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0);
}
