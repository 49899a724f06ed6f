// Comforts of reading: copy buttons on code, and wide boxes that scroll by keyboard too.

function addCopyButton(block) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button copy";
  button.textContent = "Copy";
  button.setAttribute("aria-label", "Copy this code");
  const code = block.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(code);
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = "Copy"), 2000);
  });
  block.append(button);
}

// Only what overflows may stop the Tab key. A typeface that arrives late makes text wider, but not its box.
const boxes = new Set();

function mark(box) {
  if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
  else box.removeAttribute("tabindex");
}

const resized = new ResizeObserver((entries) => entries.forEach((entry) => mark(entry.target)));
document.fonts.addEventListener("loadingdone", () => boxes.forEach(mark));

export function prepare(root) {
  for (const box of root.querySelectorAll("pre, .math.display, .array-scroll, .code-lines, .prose table")) {
    boxes.add(box);
    resized.observe(box);
  }
}

prepare(document);
// Browsers give no clipboard to pages that come over plain HTTP from another machine.
if (navigator.clipboard) document.querySelectorAll(".prose pre").forEach(addCopyButton);
