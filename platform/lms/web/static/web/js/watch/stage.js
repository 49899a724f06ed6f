// The pictures of a scene: one figure each, drawn by its kind, and drawn again where its width changes.

import { Curve } from "./curve.js";
import { Plane } from "./plane.js";
import { World } from "./world.js";

const KINDS = { curve: Curve, plane: Plane, world: World };

export class Stage {
  #scene = "";
  #pictures = [];
  #frames = [];
  #index = -1;

  /** `root` holds a figure for each picture, named by data-picture, with room for the drawing in its first element. */
  constructor(root, scene) {
    this.root = root;
    this.open(scene);
    let width = root.clientWidth;
    new ResizeObserver(() => {
      if (root.clientWidth === width) return;
      width = root.clientWidth;
      this.#mount();
    }).observe(root);
  }

  /** Take another scene of the same pictures: other points, other ranges. */
  open(scene) {
    this.#frames = [];
    this.#index = -1;
    if (JSON.stringify(scene) === this.#scene) return this.#draw();
    this.#scene = JSON.stringify(scene);
    this.#mount();
  }

  /** Show a moment: the frame at `index`, and what came before it. */
  show(frames, index) {
    this.#frames = frames;
    this.#index = index;
    this.#draw();
  }

  #mount() {
    const { pictures } = JSON.parse(this.#scene);
    this.#pictures = Object.entries(pictures).map(([name, spec]) => {
      const figure = this.root.querySelector(`[data-picture="${name}"]`);
      return { name, drawing: new KINDS[spec.kind](figure, spec) };
    });
    this.#draw();
  }

  #draw() {
    const past = this.#frames.slice(0, this.#index + 1);
    for (const { name, drawing } of this.#pictures) {
      drawing.draw(past.map((frame) => frame.parts[name]).filter(Boolean), this.#frames.map((frame) => frame.parts[name]).filter(Boolean));
    }
  }
}
