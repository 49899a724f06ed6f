// What a learner has typed and not handed in, kept in this browser per task and backend.

const key = (task, backend) => `baremath:draft:${task}:${backend}`;

/** Return the draft, unless something was submitted (here or elsewhere) after it was written. */
export function readDraft(task, backend, submittedAt) {
  const draft = JSON.parse(localStorage.getItem(key(task, backend)) ?? "null");
  return draft && draft.at > (submittedAt ?? 0) ? draft.source : null;
}

export function keepDraft(task, backend, source) {
  localStorage.setItem(key(task, backend), JSON.stringify({ source, at: Date.now() }));
}
