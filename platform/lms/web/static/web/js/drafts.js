// The drafts of a task: one for each backend, in step with the other tabs of this browser.

import { Draft } from "./draft.js";

const LOOK_AGAIN_MS = 5000;

/** Return the drafts by backend; `shown()` names the one in the editor. See Draft for the other parameters. */
export function openDrafts({ task, csrf, shown, tell, adopt, ask }) {
  const drafts = {};
  const channel = "BroadcastChannel" in window ? new BroadcastChannel(`baremath:${task.owner}:${task.slug}`) : null;
  const tabs = { post: (news) => channel?.postMessage(news) };
  const onlyShown = (act) => (draft, ...rest) => draft === drafts[shown()] && act(draft, ...rest);
  for (const [backend, desk] of Object.entries(task.desks)) {
    const name = `${task.slug}:${backend}`;
    const told = { tell: onlyShown(tell), ask: onlyShown(ask), adopt: (text) => onlyShown(adopt)(drafts[backend], text) };
    drafts[backend] = new Draft({ name, owner: task.owner, desk, csrf, tabs, ...told });
  }
  const each = (act) => Object.values(drafts).forEach(act);

  channel?.addEventListener("message", ({ data }) => each((draft) => draft.name === data.name && draft.follow(data)));
  window.addEventListener("online", () => each((draft) => draft.save()));
  window.addEventListener("pagehide", () => each((draft) => draft.save({ isLast: true })));
  let looked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return each((draft) => draft.save({ isLast: true }));
    if (Date.now() - looked < LOOK_AGAIN_MS) return;
    looked = Date.now();
    each((draft) => draft.save());
    drafts[shown()].look();
  });
  return drafts;
}
