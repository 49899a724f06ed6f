// Watch your code learn: starts a training, follows its frames, and shows them at a pace that can be followed.

import { html } from "../see/kit/dom.js";
import { follow } from "./follow.js";
import { Player } from "./player.js";
import { Stage } from "./stage.js";
import { addRows, clearRows } from "./table.js";

const NOTHING = "–";
const SAY_EVERY_MS = 5000; // to who listens: often enough to follow, seldom enough to think

const data = JSON.parse(document.getElementById("watch-data").textContent);
const form = document.getElementById("watch");
const start = form.querySelector("[type=submit]");
const state = document.getElementById("watch-state");
const ending = document.getElementById("watch-ending");
const facts = document.getElementById("watch-facts");
const announcer = document.getElementById("announcer");
const rows = document.getElementById("watch-rows");
const stageRoot = document.getElementById("stage");
const stage = new Stage(stageRoot, data.scene);
let stopFollowing = () => {};
let showEnding = () => {};
let said = 0;

const player = new Player({
  button: document.getElementById("watch-pause"),
  slider: document.getElementById("watch-slider"),
  onShow(frames, index) {
    stage.show(frames, index);
    showFacts(frames[index]);
    if (player.isPlaying && Date.now() - said > SAY_EVERY_MS) say(inWords(frames[index]));
  },
  onEnd: () => showEnding(),
});

function inWords(frame) {
  const parts = Object.entries(frame.facts).map(([name, value]) => `${name}: ${value}`);
  return [`${capital(frame.label)}.`, ...parts].join(" ");
}

function capital(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function say(words) {
  said = Date.now();
  announcer.textContent = words;
}

function showFacts(frame) {
  for (const value of facts.querySelectorAll("dd")) {
    value.textContent = value.dataset.fact ? (frame.facts[value.dataset.fact] ?? NOTHING) : frame.label;
  }
}

/** Take what the server says: a state with the frames that are new. `plays` is false for what was watched before. */
function take(told, plays) {
  let frames = told.frames;
  if (frames.length && frames[0].pictures) {
    stage.open(frames[0]);
    player.expect(frames[0].frames);
    frames = frames.slice(1);
  }
  player.add(frames, plays || told.status !== "ended");
  addRows(rows, frames);
  if (told.status === "queued") state.textContent = "Waiting for a free worker …";
  else if (told.status === "paused") state.textContent = told.reason;
  else if (told.status === "running") state.textContent = `Your code is running: ${count(player.length, "picture")} so far.`;
  else if (!told.more) end(told.ending, plays);
}

/** The code has ended; how, is shown once the pictures have come to it. */
function end(told, plays) {
  start.removeAttribute("aria-busy");
  state.textContent = "Your code has ended. Its pictures are shown at a pace that can be followed.";
  showEnding = () => describe(told, plays);
  player.end(plays);
}

function describe(told, plays) {
  const worked = told.calls ? `${count(told.calls, "call")} of your function, ${told.cpu_s || "under 0.01"} s of computing.` : "";
  state.textContent = { finished: `Finished: ${worked}`, stopped: `Stopped: ${worked}`, ours: "Stopped by a fault of ours.", replaced: "Stopped." }[told.code];
  const notice = html("div", { class: `notice ${{ stopped: "part", ours: "ours", replaced: "ours" }[told.code] ?? ""}` });
  if (told.text) notice.append(html("p", {}, told.text));
  if (told.where) notice.append(html("p", {}, told.where));
  if (told.error) notice.append(traceback(told.error));
  ending.replaceChildren(...(notice.childElementCount ? [notice] : []));
  if (plays) say(`${state.textContent} ${told.text}`);
}

/** The learner's own lines on the way to the error; each leads to the line in the submission. */
function traceback(error) {
  const code = document.getElementById("watch-code").href;
  const lines = error.trace.map((frame) =>
    html("li", {}, html("a", { href: `${code}#L${frame.line}` }, `Line ${frame.line}`), ": ", html("code", {}, frame.text)),
  );
  return html("ol", { class: "watch-trace" }, ...lines);
}

function count(number, word) {
  return `${number.toLocaleString("en-US")} ${word}${number === 1 ? "" : "s"}`;
}

async function problemIn(response) {
  if (response.status === 401 || response.redirected) return "You are signed out. Sign in again, then start.";
  const problem = await response.json().catch(() => ({}));
  if (response.status === 403) return `${problem.detail} Reload this page.`;
  return problem.detail ?? `The server answered ${response.status}. Try again.`;
}

async function begin() {
  stopFollowing();
  start.setAttribute("aria-busy", "true");
  state.textContent = "Starting …";
  ending.replaceChildren();
  let response;
  try {
    const body = new URLSearchParams(new FormData(form));
    response = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
  } catch {
    return fail("The server cannot be reached. Try again.");
  }
  if (response.status !== 202) return fail(await problemIn(response));
  const addresses = await response.json();
  player.clear();
  clearRows(rows);
  start.textContent = "Start over";
  say("Your code is running.");
  const below = stageRoot.getBoundingClientRect().bottom - window.innerHeight;
  if (below > 0) form.scrollIntoView({ block: "start" }); // the controls at the top, the pictures below them
  stopFollowing = follow(addresses, (told) => take(told, true), fail);
}

function fail(words) {
  start.removeAttribute("aria-busy");
  state.textContent = words;
  say(words);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  begin();
});
if (data.watch) {
  start.textContent = "Start over";
  stopFollowing = follow(data.watch, (told) => take(told, false), fail);
}
