// Six words with vectors made by hand, small enough to check every number. In a trained network matrices make them.

// The components of a query and of a key stand for a thing, an action, a quality, a link.
export const WORDS = [
  { word: "Cats", seeks: "an action, or else a quality", query: [0, 2, 1, 0], key: [2, 0, 0, 0], value: [5, 1] },
  { word: "sleep", seeks: "a thing, or else a link", query: [2, 0, 0, 1], key: [0, 2, 0, 0], value: [1, 5] },
  { word: "when", seeks: "an action", query: [0, 2, 0, 0], key: [0, 0, 0, 2], value: [0, 0] },
  { word: "they", seeks: "a thing", query: [3, 0, 0, 0], key: [1, 0, 0, 1], value: [4, 0] },
  { word: "are", seeks: "a quality, or else a thing", query: [1, 0, 2, 0], key: [0, 1, 0, 1], value: [0, 3] },
  { word: "tired", seeks: "a thing, or else an action", query: [2, 1, 0, 0], key: [0, 0, 2, 0], value: [4, 5] },
];
export const names = WORDS.map(({ word }) => word);
export const queries = WORDS.map(({ query }) => query);
export const keys = WORDS.map(({ key }) => key);
export const values = WORDS.map(({ value }) => value);
