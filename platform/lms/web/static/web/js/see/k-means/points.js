// The sixty points of the lesson's drawing, and where centroids begin among them.

import { plusPlus, spread } from "../models/k-means.js";

// Written with one digit. They came from three groups, in turn: every third one is of the same group.
export const POINTS = [
  [0.1, 0.4], [5.4, 2.2], [1.6, 6.3], [0.7, 2.2], [7.3, 3.6], [4.1, 6.5], [2.2, 2.7], [6.0, 3.0], [3.5, 7.7], [0.8, 1.3],
  [6.8, 2.7], [2.2, 6.8], [1.4, 1.3], [6.4, 2.7], [2.0, 7.7], [0.8, -0.3], [6.4, 3.7], [3.1, 7.7], [2.7, 0.8], [4.5, 1.5],
  [4.4, 5.8], [0.3, 0.4], [6.5, 2.5], [4.2, 7.3], [0.8, 1.4], [5.6, 2.6], [2.6, 5.5], [3.2, 1.5], [7.0, 4.5], [4.1, 6.4],
  [1.5, 0.9], [7.4, 2.2], [4.9, 6.2], [1.2, 1.2], [7.0, 2.6], [4.6, 6.1], [1.7, 3.1], [6.3, 2.9], [4.8, 6.9], [1.0, -0.1],
  [8.4, 2.8], [4.5, 6.1], [3.0, 1.9], [6.5, 1.8], [3.8, 6.1], [1.3, 0.2], [6.1, 2.6], [2.5, 6.6], [2.0, 1.3], [6.0, 2.0],
  [4.3, 5.3], [1.3, 1.2], [6.6, 2.4], [2.6, 8.1], [1.6, 0.4], [5.8, 2.6], [4.0, 5.4], [2.1, 0.4], [5.9, 3.2], [4.9, 6.4],
];

/** The ways to begin: each `draw(count, random)` returns so many points. */
export const STARTS = {
  "in one group": (count) => POINTS.filter((_, n) => n % 3 === 0).slice(0, count),
  "far apart": (count) => spread(POINTS, count),
  "k-means++": (count, random) => plusPlus(POINTS, count, random),
};
