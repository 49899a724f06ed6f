// What the moving figures are built from. A figure is a module with `export function mount(stage, kit)`; its mathematics
// is in models/<name>.js, free of the page, so that it can be compared with mlcore.

export { html, number, set, svg } from "./kit/dom.js";
export { chart, handle, key } from "./kit/chart.js";
export { button, choice, slider } from "./kit/controls.js";
export { stepper } from "./kit/stepper.js";
export { facts, matrix, readout } from "./kit/words.js";
export { meter } from "./kit/meter.js";
export { table } from "./kit/table.js";
export { rng } from "./kit/random.js";
