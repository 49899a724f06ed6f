// Step, Play, Pause, Start over: nothing moves until it is asked to.

import { button } from "./controls.js";
import { html, set } from "./dom.js";

const PACE_MS = 450;
const CALM_PACE_MS = 1100; // for those who want less motion; see.css then has no transitions either
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/**
 * Buttons that call `step()` once or over and over until `done()`, and `reset()`. `label` names what a step is.
 * Returns { element, stop, refresh }: stop what plays when the learner changes something, refresh after `done` may have
 * changed. A figure out of the window does not play on.
 */
export function stepper({ step, reset, done = () => false, label = "Step" }) {
  let timer = null;
  const advance = button(label, () => (stop(), once()));
  const play = button("Play", () => (timer === null ? start() : stop()));
  const again = button("Start over", () => (stop(), reset(), refresh()));
  const element = html("div", { class: "see-stepper buttons" }, advance, play, again);

  function once() {
    if (!done()) step();
    refresh();
  }
  function start() {
    if (done()) return;
    play.textContent = "Pause";
    next();
  }
  function next() {
    once();
    if (done()) stop();
    else timer = setTimeout(next, calm.matches ? CALM_PACE_MS : PACE_MS);
  }
  function stop() {
    clearTimeout(timer);
    timer = null;
    play.textContent = "Play";
  }
  function refresh() {
    // Not `disabled`: that would take the focus away from whoever has just pressed the button.
    for (const each of [advance, play]) set(each, { "aria-disabled": done() ? "true" : null });
  }

  new IntersectionObserver((entries) => entries.at(-1).isIntersecting || stop()).observe(element);
  refresh();
  return { element, stop, refresh };
}
