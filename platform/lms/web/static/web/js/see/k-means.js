// k-means in slow motion: assigned and moved, one half-step at a time, from a good start and from a bad one.

import { curve, plane } from "./k-means/charts.js";
import { POINTS, STARTS } from "./k-means/points.js";
import { begin, halfStep } from "./models/k-means.js";

export function mount(stage, kit) {
  const state = { count: 3, start: "in one group", seed: 1, lowest: {}, run: begin([]) };
  const views = [plane, curve, words].map((view) => view(kit));
  const [map, sums, said] = views.map((view) => view.element);
  const stepper = kit.stepper({
    step: () => change({ run: halfStep(POINTS, state.run) }),
    reset: () => restart({}),
    done: () => state.run.last === "end",
  });
  const number = [2, 3, 4, 5].map((count) => [count, String(count)]);
  const count = kit.choice({
    label: "Number K",
    value: 3,
    options: number,
    onInput: (chosen) => restart({ count: chosen }),
  });
  const starts = Object.keys(STARTS).map((name) => [name, name]);
  const start = kit.choice({
    label: "Start",
    value: state.start,
    options: starts,
    onInput: (name) => restart({ start: name }),
  });
  const again = kit.button("Draw again", () => {
    start.set("k-means++");
    restart({ start: "k-means++", seed: state.seed + 1 });
  });

  function restart(changes) {
    Object.assign(state, changes);
    stepper.stop();
    change({ run: begin(STARTS[state.start](state.count, kit.rng(state.seed))) });
  }
  function change({ run }) {
    state.run = run;
    if (run.last === "end")
      state.lowest[state.count] = Math.min(run.sums.at(-1), state.lowest[state.count] ?? Infinity);
    views.forEach((view) => view.show(state));
    stepper.refresh();
  }

  stage.append(
    kit.html("div", { class: "see-controls" }, count.element, start.element, again),
    kit.html(
      "div",
      { class: "see-columns" },
      kit.html("div", { class: "see-rows" }, map, stepper.element),
      kit.html("div", { class: "see-rows" }, said, sums),
    ),
  );
  restart({});
}

/** What has just happened, and what comes next. */
function words(kit) {
  const { element, say } = kit.readout();
  return { element, show: (state) => say(...said(state, kit)) };
}

function said({ run, count, lowest }, kit) {
  const [before, now] = [run.sums.at(-2), run.sums.at(-1)].map((sum) => (sum === undefined ? "" : kit.number(sum, 1)));
  const from = before ? `J went from ${before} to ${now}.` : `J is ${now}.`;
  switch (run.last) {
    case "begin":
      return [`${count} centroids, and nobody has joined them.`, "Next, each point joins the nearest."];
    case "assign":
      return [
        "Assigned.",
        `${run.changed} of ${POINTS.length} points changed sides. ${from} Next, each centroid goes to the mean of its points.`,
      ];
    case "move":
      return ["Moved.", `The farthest went ${kit.number(run.farthest)}. ${from} Next, each point joins the nearest.`];
    default:
      return ended(run, count, lowest[count], kit);
  }
}

function ended({ sums }, count, best, kit) {
  const now = sums.at(-1);
  const title = `Done: assignment ${sums.length / 2 + 1} changed nothing.`;
  // Two runs to the same end differ in the last digits at most.
  if (now < best + 1e-6) {
    return [title, `J = ${kit.number(now, 1)}, the lowest end so far for K = ${count}. Try another start.`, "good"];
  }
  const gap = `a worse end than ${kit.number(best, 1)}, reached from another start`;
  return [title, `J = ${kit.number(now, 1)}, ${gap}.`, "part"];
}
