// What this browser remembers between visits. Where it may not (private windows, a full disk), pages work all the same.

export function recall(name) {
  try {
    return JSON.parse(localStorage.getItem(`baremath:${name}`));
  } catch {
    return null;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(`baremath:${name}`, JSON.stringify(value));
  } catch {
    // Nothing to do about it: the server still has whatever was submitted.
  }
}
