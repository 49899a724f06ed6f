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

// Only what overflows may stop the Tab key.
const overflow = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const scrolls = target.scrollWidth > target.clientWidth + 1;
    target.toggleAttribute("tabindex", scrolls);
    if (scrolls) target.tabIndex = 0;
  }
});

export function prepare(root) {
  for (const box of root.querySelectorAll("pre, .math.display, .array-scroll, .code-lines, .prose table")) {
    overflow.observe(box);
  }
}

prepare(document);
// Browsers give no clipboard to pages that come over plain HTTP from another machine.
if (navigator.clipboard) document.querySelectorAll(".prose pre").forEach(addCopyButton);
