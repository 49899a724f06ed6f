// Scaled dot-product attention for one sequence: every row is a position.

import { softmax } from "./softmax.js";

/**
 * Return products q·kᵀ, scores, weights and out for queries (T, d_k), keys (S, d_k) and values (S, d_v).
 *
 * `scaled` divides the products by √d_k. `causal` hides all keys after the query: their score is −∞, their weight 0.
 */
export function attention(queries, keys, values, { scaled = true, causal = false } = {}) {
  const root = scaled ? Math.sqrt(keys[0].length) : 1;
  const products = queries.map((query) => keys.map((key) => dot(query, key)));
  const hidden = (query, key) => causal && key > query;
  const scores = products.map((row, i) => row.map((product, j) => (hidden(i, j) ? -Infinity : product / root)));
  const weights = scores.map((row) => softmax(row));
  const out = weights.map((row) =>
    values[0].map((_, d) =>
      dot(
        row,
        values.map((value) => value[d]),
      ),
    ),
  );
  return { products, scores, weights, out };
}

/** Return Σ aₖ·bₖ. */
function dot(a, b) {
  return a.reduce((sum, value, k) => sum + value * b[k], 0);
}
