// What a learner has typed and not handed in, kept in this browser per person, task and backend.

import { recall, remember } from "./keep.js";

export class Drafts {
  /** `owner` is "" for a visitor; `latest` has the id of the latest submission by backend. */
  constructor(owner, task, latest) {
    this.owner = owner;
    this.task = task;
    this.latest = { ...latest };
  }

  #name(owner, backend) {
    return `draft:${owner}:${this.task}:${backend}`;
  }

  /** Return the draft, unless something was submitted after it, here or elsewhere. */
  read(backend) {
    this.#adopt(backend);
    const draft = recall(this.#name(this.owner, backend));
    return draft?.after === (this.latest[backend] ?? null) ? draft.source : null;
  }

  /** What was typed before signing in belongs to whoever signs in. */
  #adopt(backend) {
    const visitors = this.#name("", backend);
    const draft = recall(visitors);
    if (!this.owner || !draft) return;
    if (!this.latest[backend]) remember(this.#name(this.owner, backend), draft);
    remember(visitors, null);
  }

  keep(backend, source) {
    remember(this.#name(this.owner, backend), { source, after: this.latest[backend] ?? null });
  }

  /** What is typed from now on comes after this submission. */
  submitted(backend, id) {
    this.latest[backend] = id;
  }
}
