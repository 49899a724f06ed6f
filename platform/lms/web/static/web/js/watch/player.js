// Frames come as fast as the code runs; the player shows them one after the other, no faster than an eye can follow.

const WHOLE_MS = 12_000; // of all frames together, about
const LEAST_MS = 60;
const MOST_MS = 700;
const CALM_MS = 1000; // where less motion is wanted: the newest frame, once a second

const calm = matchMedia("(prefers-reduced-motion: reduce)");

export class Player {
  #frames = [];
  #index = -1;
  #playing = false;
  #ended = false;
  #told = false;
  #timer = 0;
  #due = 0;
  #pause = MOST_MS;

  /** `onShow(frames, index)` draws one; `onEnd()` hears, once, that the last one of all is shown. */
  constructor({ button, slider, onShow, onEnd }) {
    Object.assign(this, { button, slider, onShow, onEnd });
    button.addEventListener("click", () => this.#toggle());
    slider.addEventListener("input", () => {
      const chosen = Number(slider.value); // before anything paints the slider again
      if (!this.#frames.length) return;
      this.#stop();
      this.#show(chosen);
    });
    this.#paint();
  }

  get length() {
    return this.#frames.length;
  }

  get isPlaying() {
    return this.#playing;
  }

  /** So many frames come, at most: it decides the pace. */
  expect(count) {
    this.#pause = Math.min(Math.max(WHOLE_MS / count, LEAST_MS), MOST_MS);
  }

  clear() {
    this.#stop();
    this.#frames = [];
    this.#index = -1;
    this.#ended = this.#told = false;
    this.#paint();
  }

  /** Take new frames, and begin to play if they are the first ones and `plays`. */
  add(frames, plays) {
    const isFirst = this.#frames.length === 0;
    this.#frames.push(...frames);
    if (!frames.length) return;
    if (isFirst && plays) this.#play();
    this.#paint();
  }

  /** No frame comes any more: how many there are decides the pace. What was not played shows its last one. */
  end(plays) {
    this.#ended = true;
    this.expect(this.#frames.length);
    if (!plays && this.#frames.length) this.#index = this.#frames.length - 2;
    if (!plays || !this.#frames.length || this.#isLast()) this.#finish();
    this.#paint();
  }

  #finish() {
    if (this.#index < this.#frames.length - 1) this.#show(this.#frames.length - 1);
    if (!this.#told) this.onEnd();
    this.#told = true;
  }

  #toggle() {
    if (!this.#frames.length) return undefined;
    if (this.#playing) return this.#stop();
    if (this.#ended && this.#isLast()) this.#index = -1;
    this.#play();
  }

  #play() {
    this.#playing = true;
    this.#due = performance.now();
    this.#step();
  }

  #stop() {
    this.#playing = false;
    clearTimeout(this.#timer);
    this.#paint();
  }

  /** Show the frame that is due; where drawing takes longer than the pace allows, some are left out. */
  #step() {
    const pause = calm.matches ? CALM_MS : this.#pause;
    const last = this.#frames.length - 1;
    const late = Math.floor((performance.now() - this.#due) / pause);
    if (this.#index < last) this.#show(calm.matches ? last : Math.min(this.#index + 1 + late, last));
    if (this.#ended && this.#isLast()) return this.#stop();
    this.#due = Math.max(this.#due + (late + 1) * pause, performance.now());
    this.#timer = setTimeout(() => this.#step(), this.#due - performance.now());
    return undefined;
  }

  #isLast() {
    return this.#index >= this.#frames.length - 1;
  }

  #show(index) {
    this.#index = index;
    this.onShow(this.#frames, index);
    if (this.#ended && this.#isLast()) this.#finish();
    this.#paint();
  }

  #paint() {
    const { button, slider } = this;
    const again = this.#ended && this.#isLast() && !this.#playing;
    button.textContent = this.#playing ? "Pause" : again ? "Play again" : "Play";
    for (const control of [button, slider]) control.setAttribute("aria-disabled", this.#frames.length === 0); // in the order of Tab all the same
    slider.max = Math.max(this.#frames.length - 1, 0);
    slider.value = Math.max(this.#index, 0);
    slider.setAttribute("aria-valuetext", this.#frames[this.#index]?.label ?? "nothing yet");
  }
}
