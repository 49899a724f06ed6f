// The page of a submission or run: follows it while it waits, and hands out the code.

import { follow } from "./live.js";

// With the verdict the lines of the code get notes too, so the page is asked for again; nothing jumps in between.
const place = document.querySelector("[data-events]");
if (place) {
  const announcer = document.getElementById("announcer");
  const latest = document.createElement("div");
  follow(latest, place.dataset, (words) => {
    const fragment = latest.firstElementChild;
    if (fragment?.dataset.status === "graded") return location.reload();
    if (fragment) place.replaceChildren(fragment.cloneNode(true));
    announcer.textContent = words;
  });
}

// Browsers give no clipboard to pages that come over plain HTTP from another machine.
const button = document.getElementById("copy-code");
if (navigator.clipboard) {
  const lines = [...document.querySelectorAll(".code-lines code")];
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(lines.map((line) => line.textContent).join("\n"));
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = "Copy"), 2000);
  });
}
