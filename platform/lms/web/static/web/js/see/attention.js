// Attention of six words to each other: choose who asks, and see every step from the scores to the mixture.

import { mixture, sentence } from "./attention/drawings.js";
import { keys, names, queries, values, WORDS } from "./attention/words.js";
import { attention } from "./models/attention.js";

const OPTIONS = {
  query: ["Query", names.map((name, i) => [i, name])],
  scaled: ["Scores", Object.entries({ "q·k / √4": true, "q·k": false }).map(([label, value]) => [value, label])],
  causal: ["Mask", Object.entries({ none: false, causal: true }).map(([label, value]) => [value, label])],
};

export function mount(stage, kit) {
  const state = { query: names.indexOf("they"), scaled: true, causal: false };
  const views = [sentence, words, steps, mixture, weights].map((view) => view(kit));
  const [strengths, said, table, plane, heat] = views.map((view) => view.element);
  const [query, scaled, causal] = Object.entries(OPTIONS).map(([name, [label, options]]) => {
    const onInput = (value) => change({ [name]: value });
    return kit.choice({ label, options, value: state[name], onInput }).element;
  });

  function change(changes) {
    Object.assign(state, changes);
    const result = attention(queries, keys, values, state);
    views.forEach((view) => view.show(state, result));
  }

  const controls = kit.html("div", { class: "see-controls" }, scaled, causal);
  stage.append(query, controls, strengths, said, table, kit.html("div", { class: "see-columns" }, plane, heat));
  change({});
}

/** From the query to its mixture, in numbers. */
function steps(kit) {
  const { element, show } = kit.table({ heads: ["word", "key", "q·k", "score", "weight", "value"] });
  const bare = (vector) => vector.join("\u2002");
  return {
    element,
    show({ query }, { products, scores, weights, out }) {
      const rows = names.map((name, j) => [
        name,
        bare(keys[j]),
        kit.number(products[query][j], 0),
        scores[query][j] === -Infinity ? "−∞" : kit.number(scores[query][j], 1),
        weights[query][j] ? kit.number(weights[query][j], 3) : "0",
        bare(values[j]),
      ]);
      show(rows, {
        caption: `The query of “${names[query]}” is (${queries[query].join(", ")})`,
        total: ["mixture: Σ weight · value", written(out[query], kit)],
      });
    },
  };
}

/** All weights: a row per query. */
function weights(kit) {
  const format = (weight) => (weight ? kit.number(weight) : "0");
  const caption = "All weights, a row per query";
  const { element, update } = kit.matrix([[]], { rows: names, columns: names, scale: 1, caption, format });
  return {
    element: kit.html("div", { class: "see-scroll" }, element),
    show: ({ query }, result) => update(result.weights, { highlight: (i) => i === query }),
  };
}

/** What the picture shows, in a sentence. */
function words(kit) {
  const { element, say } = kit.readout();
  return {
    element,
    show({ query, causal }, { weights: all, out }) {
      const most = all[query].indexOf(Math.max(...all[query]));
      const { word, seeks } = WORDS[query];
      const later = names.length - 1 - query;
      say(
        `“${word}” seeks ${seeks}; it listens most to “${names[most]}”, with ${kit.number(all[query][most])}.`,
        `Its mixture is ${written(out[query], kit)}.${causal ? ` The mask hides ${hiddenWords(later)} from it.` : ""}`,
      );
    },
  };
}

const hiddenWords = (later) => (later === 1 ? "1 later word" : `${later || "no"} later words`);
const written = (vector, kit) => `(${vector.map((value) => kit.number(value)).join(",\u00a0")})`;
