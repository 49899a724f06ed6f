// Lloyd's algorithm in its two halves, and two ways to begin it. A point is an array of coordinates.

/** Return for each point the index of its nearest centroid; at equal distances the lower one. */
export function assign(points, centroids) {
  return points.map((point) => nearest(point, centroids));
}

/** Return the mean of the points of each label. A centroid without points stays where it is. */
export function move(points, labels, centroids) {
  return centroids.map((centroid, k) => {
    const members = points.filter((_, n) => labels[n] === k);
    if (members.length === 0) return centroid;
    return centroid.map((_, d) => members.reduce((sum, point) => sum + point[d], 0) / members.length);
  });
}

/** Return J, the sum over all points of the squared distance to the centroid of their label. */
export function inertia(points, labels, centroids) {
  return points.reduce((sum, point, n) => sum + squaredDistance(point, centroids[labels[n]]), 0);
}

/** Return a run that has not assigned anything yet. `sums` will hold J after each half-step. */
export function begin(centroids) {
  return { centroids, labels: null, paths: centroids.map((place) => [place]), sums: [], last: "begin" };
}

/** Take the next half-step of a run: assign and move take turns, until an assignment changes nothing: "end". */
export function halfStep(points, run) {
  return run.last === "assign" ? moved(points, run) : assigned(points, run);
}

function assigned(points, run) {
  const labels = assign(points, run.centroids);
  const changed = labels.filter((label, n) => label !== run.labels?.[n]).length;
  if (changed === 0) return { ...run, last: "end" };
  return { ...run, labels, changed, sums: [...run.sums, inertia(points, labels, run.centroids)], last: "assign" };
}

function moved(points, run) {
  const centroids = move(points, run.labels, run.centroids);
  const farthest = Math.sqrt(Math.max(...centroids.map((place, k) => squaredDistance(place, run.centroids[k]))));
  const paths = run.paths.map((path, k) => [...path, centroids[k]]);
  return {
    ...run,
    centroids,
    farthest,
    paths,
    sums: [...run.sums, inertia(points, run.labels, centroids)],
    last: "move",
  };
}

/** Begin far apart: the point nearest to the mean, then each time the one farthest from all that were chosen. */
export function spread(points, count) {
  const mean = move(
    points,
    points.map(() => 0),
    [points[0]],
  )[0];
  const chosen = [points[nearest(mean, points)]];
  while (chosen.length < count) {
    const gaps = gapsTo(chosen, points);
    chosen.push(points[gaps.indexOf(Math.max(...gaps))]);
  }
  return chosen;
}

/** Begin as k-means++ does: points drawn with a probability that grows with the squared distance to those drawn before. */
export function plusPlus(points, count, random) {
  const chosen = [points[Math.floor(random() * points.length)]];
  while (chosen.length < count) {
    const gaps = gapsTo(chosen, points);
    const drawn = random() * gaps.reduce((sum, gap) => sum + gap, 0);
    let passed = 0;
    chosen.push(points[gaps.findIndex((gap) => (passed += gap) > drawn)]);
  }
  return chosen;
}

function gapsTo(chosen, points) {
  return points.map((point) => Math.min(...chosen.map((centroid) => squaredDistance(point, centroid))));
}

function nearest(point, centroids) {
  const distances = centroids.map((centroid) => squaredDistance(point, centroid));
  return distances.indexOf(Math.min(...distances));
}

function squaredDistance(a, b) {
  return a.reduce((sum, value, d) => sum + (value - b[d]) ** 2, 0);
}
