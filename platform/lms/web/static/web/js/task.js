// The task page: puts the editor over the plain text area, runs and submits without leaving the page.

import { createEditor } from "../vendor/codemirror/editor.js";
import { Drafts } from "./drafts.js";
import { follow } from "./live.js";
import "./panes.js";

const task = JSON.parse(document.getElementById("task-data").textContent);
const form = document.getElementById("workbench");
const area = form.elements.source;
const results = document.getElementById("results");
const announcer = document.getElementById("announcer");
const state = document.getElementById("state");
const staleHint = document.getElementById("stale-hint");
const [runButton, submitButton] = ["run", "submit"].map((name) => document.getElementById(name));

let backend = form.elements.backend.value;
let judged = null; // what the shown results are about
let stopFollowing = () => {};
const drafts = new Drafts(task.owner, task.slug, task.latest);

const opening = (name) => drafts.read(name) ?? task.submitted[name] ?? task.starters[name];

const typedBefore = area.value === area.defaultValue ? null : area.value; // while this script was on its way
const editor = createEditor({
  parent: area.parentElement,
  source: typedBefore ?? opening(backend),
  nonce: document.querySelector("script[nonce]").nonce,
  labels: { "aria-label": "Your code", "aria-describedby": "editor-keys", tabindex: "0" },
  onRun: () => runButton?.click(),
  onSubmit: () => submitButton?.click(),
  onChange: () => {
    drafts.keep(backend, editor.source());
    showStale();
  },
});
if (document.activeElement === area) editor.focus();
area.hidden = true;

function say(words) {
  state.textContent = words;
}

function showStale() {
  const stale = judged !== null && (judged.source !== editor.source() || judged.backend !== backend);
  staleHint.hidden = !stale;
  results.classList.toggle("is-stale", stale);
}

/** Scroll down until a heading stands in the upper half of the window, if it is further down; never up. */
function reveal(heading) {
  const below = heading.getBoundingClientRect().top - window.innerHeight / 2;
  if (below > 0) window.scrollBy({ top: below });
}

async function problemIn(response) {
  if (response.status === 401 || response.redirected) return "You are signed out. Sign in again: your code is kept in this browser.";
  const problem = await response.json().catch(() => ({}));
  return problem.detail ?? problem.title ?? `The server answered ${response.status}. Your code is kept in this browser; try again.`;
}

async function send(button) {
  const sent = { source: editor.source(), backend };
  area.value = sent.source;
  stopFollowing();
  say(button === runButton ? "Running the shown cases …" : "Submitting …");
  let response;
  try {
    const body = new URLSearchParams(new FormData(form));
    response = await fetch(button.formAction, { method: "POST", body, headers: { Accept: "application/json" } });
  } catch {
    return say("The server cannot be reached. Your code is kept in this browser; try again.");
  }
  if (response.status !== 202) return say(await problemIn(response));
  const started = await response.json();
  judged = sent;
  if (button === submitButton) drafts.submitted(sent.backend, started.id);
  if (editor.source() !== sent.source) drafts.keep(backend, editor.source()); // typed while the answer was on its way
  showStale();
  stopFollowing = follow(results, started, (words) => {
    announcer.textContent = words;
    say("");
    reveal(results.querySelector("h2"));
  });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  send(event.submitter);
});

for (const choice of form.querySelectorAll("input[name=backend]")) {
  choice.addEventListener("change", () => {
    backend = choice.value;
    editor.open(opening(backend));
    showStale();
  });
}

const restore = document.getElementById("restore");
restore.hidden = false;
restore.addEventListener("click", () => {
  editor.replace(task.starters[backend]);
  editor.focus();
  say("Starter restored. Ctrl+Z brings your code back.");
});

// A line of the traceback leads to the same line of the editor.
results.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-line]");
  if (!link) return;
  event.preventDefault();
  editor.goToLine(Number(link.dataset.line));
});
