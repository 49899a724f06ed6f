// What this browser remembers between visits. Where it may not (private windows, a full disk), pages work all the same.

export function recall(name) {
  try {
    return JSON.parse(localStorage.getItem(`baremath:${name}`));
  } catch {
    return null;
  }
}

/** Return whether it will be remembered. */
export function remember(name, value) {
  try {
    if (value === null) localStorage.removeItem(`baremath:${name}`);
    else localStorage.setItem(`baremath:${name}`, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
