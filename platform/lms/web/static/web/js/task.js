// The task page: puts the editor over the plain text area, keeps drafts, runs and submits without leaving the page.

import { createEditor } from "../vendor/codemirror/editor.js";
import { askWhich, chooseEarlier } from "./draft-dialogs.js";
import { openDrafts } from "./drafts.js";
import { keepInputs, ownInput, showErrors } from "./inputs.js";
import { follow } from "./live.js";
import "./panes.js";

const task = JSON.parse(document.getElementById("task-data").textContent);
const UNREACHED = "The server cannot be reached. Your code is kept in this browser; try again.";
const form = document.getElementById("workbench");
const area = form.elements.source;
const results = document.getElementById("results");
const announcer = document.getElementById("announcer");
const state = document.getElementById("state");
const draftState = document.getElementById("draft-state");
const staleHint = document.getElementById("stale-hint");
const [runButton, submitButton, signIn] = ["run", "submit", "sign-in"].map((name) => document.getElementById(name));
const [resolveButton, earlierButton, restoreButton] = ["resolve", "earlier", "restore"].map((name) =>
  document.getElementById(name),
);

let backend = form.elements.backend.value;
let judged = null; // what the shown results are about
let stopFollowing = () => {};
let editor = null;

const drafts = openDrafts({
  task,
  csrf: form.elements.csrfmiddlewaretoken.value,
  shown: () => backend,
  tell: showDraftState,
  ask: askWhich,
  adopt: (_draft, text) => {
    if (editor.source() === text) return;
    editor.replace(text);
    showStale();
  },
});
const draft = () => drafts[backend];

const typed = area.value.replaceAll("\r\n", "\n"); // while this script was on its way, or in a form that was refused
editor = createEditor({
  parent: area.parentElement,
  source: typed === task.desks[backend].text ? draft().text : typed,
  nonce: document.querySelector("script[nonce]").nonce,
  labels: { "aria-label": "Your code", "aria-describedby": "editor-keys", tabindex: "0" },
  onRun: () => (runButton ?? signIn).click(),
  onSubmit: () => (submitButton ?? signIn).click(),
  onChange: () => {
    draft().edit(editor.source());
    showStale();
  },
});
draft().edit(editor.source());
showDraftState(draft());
if (draft().state.state === "conflict") askWhich(draft());
if (document.activeElement === area) editor.focus();
area.hidden = true;
const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
if (isMac) document.querySelectorAll("kbd.mod").forEach((key) => (key.textContent = "⌘"));

function say(words) {
  state.textContent = words;
}

/** Trouble is announced; that all is well is only shown, or a screen reader would hear it every few seconds. */
function showDraftState(shown) {
  if (!editor) return;
  const { state, words } = shown.state;
  const isTrouble = ["offline", "refused", "conflict"].includes(state);
  if (isTrouble && draftState.textContent !== words) announcer.textContent = words;
  draftState.textContent = words;
  draftState.dataset.state = state;
  resolveButton.hidden = state !== "conflict";
}

function snapshot() {
  return { source: editor.source(), backend, input: ownInput() };
}

function showStale() {
  const now = snapshot();
  const stale = judged !== null && ["source", "backend"].some((part) => judged[part] !== now[part]);
  const otherInput = judged?.input && now.input && judged.input !== now.input;
  staleHint.hidden = !(stale || otherInput);
  staleHint.textContent = stale ? "Code changed since this result" : "Input changed since this result";
  results.classList.toggle("is-stale", stale || Boolean(otherInput));
}

/** Bring the result to the top of what shows it: its pane, or on a narrow page the window. */
function reveal() {
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  results.scrollIntoView({ block: "start", behavior: isCalm ? "auto" : "smooth" });
}

async function problemIn(response) {
  if (response.status === 401 || response.redirected) return "You are signed out. Sign in again: your code is kept in this browser.";
  const problem = await response.json().catch(() => ({}));
  const errors = problem.errors ?? [];
  showErrors(Object.fromEntries(errors.map(({ pointer, detail }) => [pointer.replace("#/", ""), detail])));
  if (errors.some(({ pointer }) => pointer.startsWith("#/input."))) return "This input cannot be used: see the field.";
  if (response.status === 403) return `${problem.detail} Reload this page: your code is kept in this browser.`;
  if (response.status === 404) return "This task is not offered any more. Your code is kept in this browser.";
  return problem.detail ?? problem.title ?? `The server answered ${response.status}. Your code is kept in this browser; try again.`;
}

async function send(button) {
  const sent = snapshot();
  const isRun = button === runButton;
  area.value = sent.source;
  stopFollowing();
  say(!isRun ? "Submitting …" : sent.input ? "Running your own input …" : "Running the shown cases …");
  let response;
  try {
    const body = new URLSearchParams(new FormData(form));
    response = await fetch(button.formAction, { method: "POST", body, headers: { Accept: "application/json" } });
  } catch {
    return say(UNREACHED);
  }
  if (response.status !== 202) return say(await problemIn(response));
  const started = await response.json();
  judged = isRun ? sent : { ...sent, input: "" };
  if (isRun) showErrors({});
  else drafts[sent.backend].submitted(started.id);
  showStale();
  stopFollowing = follow(results, started, (words) => {
    announcer.textContent = words;
    say("");
    reveal();
  });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  send(event.submitter);
});

for (const choice of form.querySelectorAll("input[name=backend]")) {
  choice.addEventListener("change", () => {
    draft().save();
    backend = choice.value;
    editor.open(draft().text);
    showDraftState(draft());
    showStale();
    if (draft().state.state === "conflict") askWhich(draft());
  });
}

/** Put another text in the place of the draft, in a way that both undo and the earlier drafts can take back. */
function replaceBy(text, words) {
  draft().edit(text, { replaces: true });
  editor.replace(text);
  editor.focus();
  say(words);
}

restoreButton.hidden = false;
restoreButton.addEventListener("click", () =>
  replaceBy(task.desks[backend].starter, `Starter restored. ${isMac ? "⌘Z" : "Ctrl+Z"} brings your code back.`),
);
resolveButton.addEventListener("click", () => askWhich(draft()));
if (earlierButton) {
  earlierButton.hidden = false;
  earlierButton.addEventListener("click", () =>
    chooseEarlier(draft(), (text) => replaceBy(text, "Earlier draft restored.")),
  );
}
keepInputs(task.slug, showStale);

// Drafts are saved again by themselves; what is run or submitted is for the learner to say again.
window.addEventListener("online", () => {
  if (state.textContent === UNREACHED) say("You are online again: press the button once more.");
});

// A line of the traceback leads to the same line of the editor.
results.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-line]");
  if (!link) return;
  event.preventDefault();
  editor.goToLine(Number(link.dataset.line));
});
