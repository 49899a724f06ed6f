// Follows one submission or run until its verdict: by server-sent events, and by asking again while those fail.

import { prepare } from "./reading.js";

const POLL_MS = [500, 1000, 2000, 4000];
const RECONNECT_MS = [2000, 5000, 15000];

/**
 * Show in `place` what the server says about a submission or run, until it is graded. The server writes all words.
 * `addresses` has `events`, `state` and `result`; `announce` hands one sentence to the page's live region.
 * Returns a function that stops following.
 */
export function follow(place, addresses, announce) {
  let stopped = false;
  let events = null;
  let polling = null;
  let failures = 0;
  let shown = "";

  async function show() {
    const response = await fetch(addresses.result, { headers: { Accept: "text/html" } });
    if (!response.ok || response.redirected) throw new Error(`${addresses.result}: ${response.status}`);
    const html = await response.text();
    if (stopped || html === shown) return;
    shown = html;
    place.innerHTML = html;
    prepare(place);
    const fragment = place.firstElementChild;
    announce(fragment.dataset.announce);
    if (fragment.dataset.status === "graded") stop();
  }

  /** Most changes while code runs are of two numbers, which stand on the page already. */
  async function apply(state) {
    const running = state.cases ? place.querySelector("[data-status=running] .case-number") : null;
    if (!running || state.status !== "running") return show();
    running.textContent = state.case;
    place.querySelector("[data-status=running] progress").value = state.case;
  }

  async function poll(round = 0) {
    if (stopped) return;
    try {
      const response = await fetch(addresses.state, { headers: { Accept: "application/json" } });
      if (response.ok && !response.redirected) await apply(await response.json());
      else if (response.status < 500 && response.status !== 429) return lost();
    } catch {
      announce("The server cannot be reached. Trying again.");
    }
    if (!stopped) polling = setTimeout(() => poll(round + 1), POLL_MS[Math.min(round, POLL_MS.length - 1)]);
  }

  function lost() {
    stop();
    announce("This page can no longer see the result. Reload it, and sign in again if you are asked to.");
  }

  function connect() {
    events = new EventSource(addresses.events);
    events.addEventListener("status", (event) => {
      clearTimeout(polling);
      polling = null;
      failures = 0;
      apply(JSON.parse(event.data)).catch(fallBack);
    });
    events.addEventListener("error", fallBack);
  }

  /** Ask again and again, and now and then try whether events come through: they do after a restart. */
  function fallBack() {
    events.close();
    if (stopped) return;
    if (polling === null) {
      polling = 0;
      poll();
    }
    const wait = RECONNECT_MS[Math.min(failures, RECONNECT_MS.length - 1)];
    failures += 1;
    setTimeout(() => stopped || connect(), wait);
  }

  function stop() {
    stopped = true;
    clearTimeout(polling);
    events.close();
  }

  connect();
  return stop;
}
