// Comforts of reading: copy buttons on code, and wide boxes that scroll by keyboard too.

import { announce } from "./announce.js";

/** What a copied block is for: of a session with prompts, the lines that were typed; else all of it. */
export function copied(code) {
  const typed = code.split("\n").filter((line) => /^(>>>|\.\.\.)( |$)/.test(line));
  return typed.length ? `${typed.map((line) => line.slice(4)).join("\n").trimEnd()}\n` : code;
}

function addCopyButton(block) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button small copy";
  button.textContent = "Copy";
  button.setAttribute("aria-label", "Copy this code");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(copied(block.textContent));
    button.textContent = "Copied";
    announce("Copied");
    setTimeout(() => (button.textContent = "Copy"), 2000);
  });
  // Beside the code rather than in it, so that it stays where it is when a long line is scrolled.
  const frame = document.createElement("div");
  frame.className = "code-block";
  block.replaceWith(frame);
  frame.append(block, button);
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
  for (const box of root.querySelectorAll("pre, .math.display, .array-scroll, .table-scroll, .code-lines, .diff, .prose table")) {
    boxes.add(box);
    resized.observe(box);
  }
}

prepare(document);

// What is folded up opens for the link that leads into it; not every browser sees to that by itself.
document.addEventListener("click", ({ target }) => {
  const link = target.closest('a[href^="#"]');
  const place = link && document.getElementById(link.hash.slice(1));
  place?.closest("details")?.setAttribute("open", "");
});

// Browsers give no clipboard to pages that come over plain HTTP from another machine.
if (navigator.clipboard) document.querySelectorAll(".prose pre").forEach(addCopyButton);
