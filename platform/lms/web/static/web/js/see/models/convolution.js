// One filter over one image with one channel, without a bias; the kernel is not flipped.

export const KERNELS = {
  upright: [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]],
  level: [[-1, -1, -1], [0, 0, 0], [1, 1, 1]],
  blur: [[0, 0.2, 0], [0.2, 0.2, 0.2], [0, 0.2, 0]],
  sharpen: [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
  identity: [[0, 0, 0], [0, 1, 0], [0, 0, 0]],
};

// A figure 1 in ten shades of grey.
export const IMAGE = [
  [0, 0, 3, 9, 0, 0],
  [0, 5, 9, 9, 0, 0],
  [0, 2, 4, 9, 0, 0],
  [0, 0, 3, 9, 0, 0],
  [0, 0, 3, 9, 0, 0],
  [0, 7, 9, 9, 9, 6],
];

/** Return the image with so many zeros on all four sides. */
export function pad(image, padding) {
  const width = image[0].length + 2 * padding;
  const border = () => Array.from({ length: padding }, () => Array(width).fill(0));
  const sides = Array(padding).fill(0);
  return [...border(), ...image.map((row) => [...sides, ...row, ...sides]), ...border()];
}

/** Return how many positions a kernel has along a side: ⌊(size + 2·padding − kernel) / stride⌋ + 1. */
export function positions(size, kernel, stride, padding) {
  return Math.floor((size + 2 * padding - kernel) / stride) + 1;
}

/** Return the products of kernel and patch for output (i, j). */
export function products(padded, kernel, stride, i, j) {
  return kernel.map((row, u) => row.map((weight, v) => weight * padded[i * stride + u][j * stride + v]));
}

/** Return the feature map. */
export function convolve(image, kernel, stride, padding) {
  const padded = pad(image, padding);
  const count = (size, length) => Array.from({ length: positions(size, length, stride, padding) }, (_, n) => n);
  return count(image.length, kernel.length).map((i) =>
    count(image[0].length, kernel[0].length).map((j) => total(products(padded, kernel, stride, i, j))),
  );
}

/** Return the sum of a table. */
export function total(table) {
  return table.flat().reduce((sum, value) => sum + value, 0);
}
