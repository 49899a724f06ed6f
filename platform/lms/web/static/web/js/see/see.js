// Figures that move: each is fetched when it comes near the window, and drawn into the room that see.css keeps for it.

import * as kit from "./kit.js";

const NEAR = "600px 0px";
// Written out, so that each is served under the name of its content (lms.compression).
const FIGURES = {
  "attention": () => import("./attention.js"),
  "convolution": () => import("./convolution.js"),
  "gradient-descent": () => import("./gradient-descent.js"),
  "k-means": () => import("./k-means.js"),
  "lstm-cell": () => import("./lstm-cell.js"),
  "perceptron": () => import("./perceptron.js"),
  "softmax-temperature": () => import("./softmax-temperature.js"),
};

async function show(figure) {
  const stage = figure.querySelector(".see-stage");
  try {
    const { mount } = await FIGURES[figure.dataset.see]();
    mount(stage, kit);
  } catch (error) {
    stage.replaceChildren(kit.html("p", {}, "This figure did not load. Reload the page to try again; the text says the same."));
    throw error; // seen in the console, and by whoever tests the page
  }
}

const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      show(target);
    }
  },
  { rootMargin: NEAR },
);

document.querySelectorAll(".see").forEach((figure) => near.observe(figure));
