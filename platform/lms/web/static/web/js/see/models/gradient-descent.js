// Batch gradient descent on Q(θ) = 1/(2N) Σ (θ₀ + θ₁x − y)², whose surface is a bowl: it has one matrix of curvatures.

export const X = [-1, 0, 1, 2, 3];
export const Y = [0.4, 0.6, 2.4, 2.6, 4];

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const errors = ([intercept, slope]) => X.map((x, n) => intercept + slope * x - Y[n]);

/** Q(θ). */
export function loss(theta) {
  return mean(errors(theta).map((error) => error ** 2)) / 2;
}

/** ∇Q(θ) = Xᵀ(Xθ − y) / N. */
export function gradient(theta) {
  const error = errors(theta);
  return [mean(error), mean(error.map((value, n) => value * X[n]))];
}

/** Return θ after 0, 1, …, `steps` steps from `start`. */
export function descend(start, rate, steps) {
  const path = [start];
  for (let step = 0; step < steps; step++) {
    const [theta, slopes] = [path.at(-1), gradient(path.at(-1))];
    path.push(theta.map((value, d) => value - rate * slopes[d]));
  }
  return path;
}

/** Return the bowl: its bottom, its curvatures (the eigenvalues of XᵀX/N, steepest first) and their directions. */
export function bowl() {
  const [a, b, c] = [1, mean(X), mean(X.map((x) => x * x))]; // XᵀX/N = [[a, b], [b, c]]
  const half = Math.hypot((a - c) / 2, b);
  const curvatures = [(a + c) / 2 + half, (a + c) / 2 - half];
  const directions = curvatures.map((value) => [b, value - a]).map(([u, v]) => [u / Math.hypot(u, v), v / Math.hypot(u, v)]);
  const [p, q] = gradient([0, 0]);
  const bottom = [(b * q - c * p) / (a * c - b * b), (b * p - a * q) / (a * c - b * b)];
  return { bottom, curvatures, directions, lowest: loss(bottom), bound: 2 / curvatures[0] };
}

/** Return points around the bottom where the loss is `height` above the lowest. */
export function contour(height, points = 96) {
  const { bottom, curvatures, directions } = bowl();
  const radii = curvatures.map((value) => Math.sqrt((2 * height) / value));
  return Array.from({ length: points + 1 }, (_, i) => {
    const angle = (2 * Math.PI * i) / points;
    const along = [radii[0] * Math.cos(angle), radii[1] * Math.sin(angle)];
    return [0, 1].map((d) => bottom[d] + along[0] * directions[0][d] + along[1] * directions[1][d]);
  });
}

/** Say what a learning rate does on this bowl: "creeps", "walks", "overshoots" or "diverges". */
export function regime(rate) {
  const share = rate * bowl().curvatures[0]; // each step multiplies the distance across the valley by 1 − share
  if (share > 2) return "diverges";
  if (share > 1) return "overshoots";
  return share < 0.25 ? "creeps" : "walks";
}
