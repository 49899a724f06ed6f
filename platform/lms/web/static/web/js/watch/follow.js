// Follows one training until its end: by server-sent events, and by asking again where those do not come through.

const POLL_MS = 700;
const PATIENCE = 3; // connections lost in a row; each new one goes on after the last frame that was told

/**
 * Hand every state that the server tells to `take`, each with the frames that are new; `fail` gets a sentence.
 * `addresses` has `events` and `state`. Returns a function that stops following.
 */
export function follow(addresses, take, fail) {
  let stopped = false;
  let next = 0;
  let lost = 0;
  const events = new EventSource(addresses.events);

  function stop() {
    stopped = true;
    events.close();
  }

  function hear(told) {
    if (stopped || told.next - told.frames.length > next) return; // a gap cannot be: the stream goes on where it was
    told.frames = told.frames.slice(next - (told.next - told.frames.length)); // told twice, after connecting again
    next = Math.max(next, told.next);
    if (told.status === "ended" && !told.more) stop();
    take(told);
  }

  async function poll() {
    if (stopped) return;
    try {
      const response = await fetch(`${addresses.state}?after=${next}`, { headers: { Accept: "application/json" } });
      if (response.ok && !response.redirected) hear(await response.json());
      else if (response.status < 500) return lose();
    } catch {
      fail("The server cannot be reached. Trying again.");
    }
    if (!stopped) setTimeout(poll, POLL_MS);
  }

  function lose() {
    stop();
    fail("This training can no longer be seen: what is watched is kept for ten minutes. Start it again.");
  }

  events.addEventListener("frames", (event) => {
    lost = 0;
    hear(JSON.parse(event.data));
  });
  events.addEventListener("error", () => {
    lost += 1;
    if (stopped || (events.readyState !== EventSource.CLOSED && lost < PATIENCE)) return;
    events.close();
    poll();
  });
  return stop;
}
