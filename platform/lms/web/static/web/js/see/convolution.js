// A kernel slides over an image: for each position its products, their sum, and the map that the sums form.

import { convolve, IMAGE, KERNELS, pad, positions, products, total } from "./models/convolution.js";

const SIZE = IMAGE.length; // image and kernel are squares
const K = 3;
const LARGEST_WEIGHT = 9;
const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

export function mount(stage, kit) {
  const state = { kernel: KERNELS.upright, stride: 1, padding: 1, i: 0, j: 0 };
  const image = slidingWindow(kit);
  const map = outputs(kit, (i, j) => (stepper.stop(), change({ i, j })));
  const product = kit.matrix([[]]);
  const weights = kernelInputs(kit, state.kernel, (kernel) => (presets.set(null), change({ kernel })));
  const size = kit.html("p", { class: "see-formula" });
  const words = kit.readout();
  const presets = kit.choice({
    label: "Kernel",
    options: [["upright", "Upright edges"], ["level", "Level edges"], ["blur", "Blur"], ["sharpen", "Sharpen"], ["identity", "Identity"]],
    value: "upright",
    onInput: (name) => (weights.show(KERNELS[name]), change({ kernel: KERNELS[name] })),
  });
  const stride = numbers(kit, "Stride", [1, 2, 3], state.stride, (value) => change({ stride: value, i: 0, j: 0 }));
  const padding = numbers(kit, "Padding", [0, 1], state.padding, (value) => change({ padding: value, i: 0, j: 0 }));
  const count = () => positions(SIZE, K, state.stride, state.padding);
  const stepper = kit.stepper({
    step: () => change(state.j + 1 < count() ? { j: state.j + 1 } : { i: state.i + 1, j: 0 }),
    reset: () => change({ i: 0, j: 0 }),
    done: () => state.i + 1 >= count() && state.j + 1 >= count(),
  });

  function change(changes) {
    Object.assign(state, changes);
    const padded = pad(IMAGE, state.padding);
    const terms = products(padded, state.kernel, state.stride, state.i, state.j);
    image.show(padded, state);
    map.show(convolve(IMAGE, state.kernel, state.stride, state.padding), state);
    product.update(terms, { caption: "Pixel × weight", format: short });
    size.textContent = `Its side: ⌊(${SIZE} + 2 · ${state.padding} − ${K}) / ${state.stride}⌋ + 1 = ${count()}`;
    words.say(...sentence(state, terms));
    stepper.refresh();
  }

  stage.append(
    kit.html("div", { class: "see-controls" }, presets.element, stride.element, padding.element),
    kit.html("div", { class: "see-conv" },
      kit.html("div", { class: "see-conv-image" }, image.element),
      kit.html("div", { class: "see-conv-kernel" }, weights.element, product.element),
      kit.html("div", { class: "see-conv-map" }, map.element, size),
    ),
    stepper.element,
    words.element,
  );
  change({});
}

function numbers(kit, label, values, value, onInput) {
  const options = values.map((each) => [String(each), String(each)]);
  return kit.choice({ label, options, value: String(value), onInput: (chosen) => onInput(Number(chosen)) });
}

/** The padded image, and on it the window as a frame that slides to where it is. */
function slidingWindow(kit) {
  const table = kit.matrix([[]]);
  const frame = kit.html("span", { class: "see-window" });
  const element = kit.html("div", { class: "see-under-window" }, table.element, frame);
  const lay = () => {
    const cells = [...element.querySelectorAll("[aria-current]")];
    const [first, last] = [cells[0].getBoundingClientRect(), cells.at(-1).getBoundingClientRect()];
    const { left, top } = element.getBoundingClientRect();
    frame.style.setProperty("transform", `translate(${first.left - left}px, ${first.top - top}px)`);
    frame.style.setProperty("width", `${last.right - first.left}px`);
    frame.style.setProperty("height", `${last.bottom - first.top}px`);
  };
  new ResizeObserver(lay).observe(element);
  return {
    element,
    show(padded, { stride, padding, i, j }) {
      const within = (at, start) => at >= start * stride && at < start * stride + K;
      const outside = (at) => at < padding || at >= padding + SIZE;
      table.update(padded, {
        caption: padding ? `Image, ${SIZE} × ${SIZE}, and its border of zeros` : `Image, ${SIZE} × ${SIZE}`,
        highlight: (row, column) => within(row, i) && within(column, j),
        classes: (row, column) => (outside(row) || outside(column) ? "see-zero" : ""),
        format: short,
        scale: 9,
      });
      if (element.isConnected) lay();
    },
  };
}

/** The nine weights as number fields. */
function kernelInputs(kit, kernel, onChange) {
  const inputs = kernel.map((row, u) =>
    row.map((weight, v) =>
      kit.html("input", {
        type: "number", step: "any", min: -LARGEST_WEIGHT, max: LARGEST_WEIGHT, value: weight,
        "aria-label": `Weight in row ${u}, column ${v}`,
        oninput: (event) => event.target.validity.valid && onChange(read()),
      }),
    ),
  );
  // An empty field counts as 0 while somebody is about to type.
  const read = () => inputs.map((row) => row.map((input) => Number(input.value)));
  const table = kit.matrix(kernel, { caption: "Kernel", content: (u, v) => inputs[u][v], scale: Infinity });
  return { element: table.element, show: (next) => next.forEach((row, u) => row.forEach((weight, v) => (inputs[u][v].value = weight))) };
}

/** The map: one button per cell, a single stop of the Tab key, arrow keys inside. */
function outputs(kit, onChoose) {
  const table = kit.matrix([[]]);
  let cells = [];
  function cell(i, j, value, state) {
    const here = i === state.i && j === state.j;
    return kit.html("button", {
      type: "button", tabindex: here ? 0 : -1, "aria-pressed": String(here),
      "aria-label": `Row ${i}, column ${j}: ${short(value)}`,
      onclick: () => onChoose(i, j),
      // The button is made anew when it is chosen: without `here` it would be entered, and chosen, for ever.
      onpointerenter: (event) => !here && event.pointerType === "mouse" && onChoose(i, j),
      onkeydown: (event) => {
        const way = ARROWS[event.key];
        const next = way && cells[i + way[0]]?.[j + way[1]];
        if (way) event.preventDefault();
        if (next) onChoose(i + way[0], j + way[1]);
      },
    }, short(value));
  }
  return {
    element: table.element,
    show(values, state) {
      const focused = table.element.contains(document.activeElement);
      cells = values.map((row, i) => row.map((value, j) => cell(i, j, value, state)));
      table.update(values, {
        caption: `Feature map, ${values.length} × ${values.length}`,
        highlight: (i, j) => i === state.i && j === state.j,
        content: (i, j) => cells[i][j],
      });
      if (focused) cells[state.i][state.j].focus({ preventScroll: true });
    },
  };
}

function sentence({ stride, i, j }, terms) {
  const sum = total(terms);
  const parts = terms.flat().filter((term) => term !== 0).map(short);
  const written = `${parts.join(" + ").replaceAll("+ −", "− ")}${parts.length > 1 ? ` = ${short(sum)}` : ""}`;
  return [
    `Output (${i}, ${j}) is ${short(sum)}.`,
    `The window begins at row ${i * stride}, column ${j * stride} of the image with its border. ` +
      (parts.length ? `The products that are not 0 add up: ${written}.` : "All products are 0."),
  ];
}

/** Write a number with as many digits as it needs, two at most. */
function short(value) {
  return String(Math.round(value * 100) / 100).replace("-", "−");
}
