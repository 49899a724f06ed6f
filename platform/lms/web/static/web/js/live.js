// Follows one submission or run until its verdict: by server-sent events, and by asking again where those fail.

import { prepare } from "./reading.js";

const POLL_MS = [500, 1000, 2000, 4000];

/**
 * Show in `place` what the server says about a submission or run, until it is graded. The server writes all words.
 * `addresses` has `events`, `state` and `result`; `announce` hands one sentence to the page's live region.
 * Returns a function that stops following.
 */
export function follow(place, addresses, announce) {
  let stopped = false;
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

  async function poll(round = 0) {
    if (stopped) return;
    try {
      const response = await fetch(addresses.state, { headers: { Accept: "application/json" } });
      if (response.ok && !response.redirected) await show();
      else if (response.status < 500) return lost();
    } catch {
      announce("The server cannot be reached. Trying again.");
    }
    if (!stopped) setTimeout(() => poll(round + 1), POLL_MS[Math.min(round, POLL_MS.length - 1)]);
  }

  function lost() {
    stop();
    announce("This page can no longer see the result. Reload it, and sign in again if you are asked to.");
  }

  const events = new EventSource(addresses.events);
  function stop() {
    stopped = true;
    events.close();
  }
  function fallBack() {
    events.close();
    if (!stopped) poll();
  }
  events.addEventListener("status", () => show().catch(fallBack));
  events.addEventListener("error", fallBack);
  return stop;
}
