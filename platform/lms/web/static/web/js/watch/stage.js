// The pictures of a scene: one figure each, drawn by its kind, and drawn again where its room changes.

import { Curve } from "./curve.js";
import { hasRoom } from "./figure.js";
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
    const resized = new ResizeObserver(() => this.#draw());
    root.querySelectorAll("[data-role=drawing]").forEach((room) => resized.observe(room));
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
      if (hasRoom(drawing.figure)) drawing.draw(partsOf(past, name), partsOf(this.#frames, name));
    }
  }
}

/** Return what the frames say about one picture. */
function partsOf(frames, name) {
  return frames.map((frame) => frame.parts[name]).filter(Boolean);
}
