// One draft: the text as it stands, the version of it that the server has, and how the one becomes the other.
//
// Every keystroke goes to this browser's storage and to its other tabs, and a second after the last one to the server.
// What the storage holds is what the server does not have yet.

import { recall, remember } from "./keep.js";

const PAUSE_MS = 1000;
const RETRY_MS = [3000, 6000, 12000, 30000];
const KEPT = "kept in this browser";

export class Draft {
  /**
   * `desk` is what the server knows of one backend: text, version, isDraft, submission, starter, address, earlier.
   * `owner` is "" for a visitor, whose text stays in this browser. `tell` gets {state, words} to show,
   * `adopt` a text to put into the editor, `ask` the conflict: {mine, theirs, settle}.
   */
  constructor({ name, owner, desk, csrf, tell, adopt, ask, tabs }) {
    Object.assign(this, { name, owner, desk, csrf, adopt, ask, tabs, tell });
    this.text = this.stored = desk.text;
    this.version = desk.version;
    this.submission = desk.submission;
    this.replaces = desk.version > 0 && !desk.isDraft; // the submission shown stands in the place of an older draft
    this.known = []; // texts that were ours a moment ago: where the server has one of them, nobody else wrote it
    this.state = desk.isDraft ? { state: "saved", words: "Saved" } : { state: "", words: "" };
    this.#recover();
  }

  get isSaved() {
    return this.text === this.stored;
  }

  get #entry() {
    return `draft:${this.owner}:${this.name}`;
  }

  /** Take up what this browser has and the server has not: typed offline, or before signing in. */
  #recover() {
    const own = recall(this.#entry);
    const visitors = this.owner ? recall(`draft::${this.name}`) : null;
    if (visitors) remember(`draft::${this.name}`, null);
    const left = own ?? visitors;
    if (!left || left.source === this.stored) return remember(this.#entry, null);
    const follows = (left.base ?? 0) === this.version && (left.after ?? null) === this.submission;
    if (follows || !this.owner) {
      this.text = left.source;
      this.#keep();
      this.later(0);
    } else {
      this.text = left.source;
      this.#keep();
      this.#conflict({ source: this.stored, version: this.version });
    }
  }

  /** The learner has changed the text; with `replaces` another text was put in its place. */
  edit(text, { replaces = false } = {}) {
    if (text === this.text) return;
    this.text = text;
    this.replaces ||= replaces;
    this.#keep();
    this.tabs.post({ name: this.name, text, version: this.version });
    if (!this.owner || this.state.state === "conflict") return;
    this.#say("unsaved", "");
    this.later(PAUSE_MS);
  }

  #keep() {
    const draft = { source: this.text, base: this.version, after: this.submission };
    this.isKept = remember(this.#entry, this.isSaved ? null : draft);
    if (!this.owner) this.#say("visitor", this.isSaved || !this.isKept ? "" : "Kept in this browser");
  }

  /** Another tab has changed the text, or saved it. */
  follow({ text, version, isStored }) {
    this.#know(text);
    this.version = Math.max(this.version, version);
    if (isStored) this.stored = text;
    if (isStored && this.text !== text) return; // typed here since
    clearTimeout(this.timer); // whoever typed it saves it
    this.text = text;
    this.#say(isStored ? "saved" : "unsaved", isStored ? "Saved" : "");
    this.adopt(text);
  }

  /** What is typed from now on comes after this submission. */
  submitted(id) {
    this.submission = id;
    this.#keep();
  }

  later(milliseconds) {
    clearTimeout(this.timer);
    if (this.owner) this.timer = setTimeout(() => this.save(), milliseconds);
  }

  /** Save what is not saved. `isLast`: the page goes away, and nobody will hear the answer. */
  async save({ isLast = false } = {}) {
    if (!this.owner || this.isSaved || this.state.state === "conflict" || (this.isSaving && !isLast)) return;
    clearTimeout(this.timer);
    const sent = { source: this.text, base: this.version, replaces: this.replaces };
    this.isSaving = true;
    this.#know(sent.source);
    this.#say("saving", "Saving …");
    let response;
    try {
      response = await this.#send(this.desk.address, "PUT", sent, isLast);
    } catch {
      return this.#again("offline", navigator.onLine ? "the server cannot be reached" : "offline");
    } finally {
      this.isSaving = false;
    }
    await this.#heard(response, sent);
  }

  async #heard(response, sent) {
    const answer = await response.json().catch(() => ({}));
    if (response.ok) return this.#saved(sent.source, answer);
    if (response.status === 409) return this.#met(answer.draft);
    if (response.status === 401 || response.status === 403) {
      return this.#say("refused", `Not saved: reload this page, and sign in again if you are asked to; ${this.#where()}`);
    }
    if (response.status === 429 || response.status >= 500) {
      return this.#again("offline", "the server is busy", Number(response.headers.get("Retry-After")) * 1000);
    }
    if (response.status === 404) return this.#say("refused", `Not saved: this task is not offered any more; ${this.#where()}`);
    this.#say("refused", `Not saved: ${answer.detail ?? response.status}`);
  }

  #saved(text, { version }) {
    this.tries = 0;
    this.version = version;
    this.stored = text;
    this.#keep();
    this.tabs.post({ name: this.name, text, version, isStored: true });
    if (this.isSaved) {
      this.replaces = false;
      this.#say("saved", "Saved");
    } else this.later(PAUSE_MS);
  }

  /** The server has a newer version: a text of ours whose answer was lost, or one from elsewhere. */
  #met(theirs) {
    if (!this.known.includes(theirs.source)) return this.#conflict(theirs);
    this.version = theirs.version;
    this.later(0);
  }

  #know(text) {
    this.known = [...this.known.slice(-4), text];
  }

  #conflict(theirs) {
    this.#say("conflict", "Not saved: there are two drafts");
    this.theirs = theirs;
    this.ask(this);
  }

  /** End a conflict: `mine` becomes the draft, or theirs does; the other text is kept among the earlier ones. */
  async settle(mine) {
    const { source, version } = this.theirs;
    this.state = { state: "", words: "" };
    this.replaces = true;
    if (mine) {
      this.version = version;
      return this.save();
    }
    const aside = await this.#send(this.desk.earlier, "POST", { source: this.text }).catch(() => null);
    if (!aside?.ok) return this.#say("conflict", "Your text could not be put aside: try again");
    this.version = version;
    this.text = this.stored = source;
    this.#keep();
    this.#say("saved", "");
    this.tabs.post({ name: this.name, text: source, version, isStored: true });
    this.adopt(source);
  }

  /** Look whether the draft was changed on another device while nobody looked at this page. */
  async look() {
    if (!this.owner || !this.isSaved || this.isSaving) return;
    const response = await fetch(this.desk.address, { headers: { Accept: "application/json" } }).catch(() => null);
    const newer = response?.ok ? await response.json() : null;
    if (!newer || !this.isSaved || newer.version <= this.version) return;
    this.version = newer.version;
    this.text = this.stored = newer.source;
    this.#say("saved", "Changed on another device: this is the newer text");
    this.adopt(newer.source);
  }

  #again(state, why, wait = 0) {
    this.tries = (this.tries ?? 0) + 1;
    this.#say(state, `Not saved yet: ${why}, ${this.#where()}`);
    this.later(wait || RETRY_MS[Math.min(this.tries, RETRY_MS.length) - 1]);
  }

  #where() {
    return this.isKept ? KEPT : "so keep this page open";
  }

  #send(address, method, body, keepalive = false) {
    const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": this.csrf };
    return fetch(address, { method, headers, body: JSON.stringify(body), keepalive });
  }

  #say(state, words) {
    this.state = { state, words };
    this.tell(this);
  }
}
