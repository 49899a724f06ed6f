// A search field as a combobox (WAI-ARIA 1.2): its list follows the typing. "/" and Ctrl+K lead to the header's field.
// Focus stays in the field; aria-activedescendant says which option is meant. Without this script it is a plain form.

const WAIT_MS = 120;
const KEY_SETTING = "baremath.search-key"; // "off": "/" is left alone, as WCAG 2.1.4 asks of keys of one character

const header = document.querySelector("#site-search");
const fields = [header, document.querySelector("#search-query")].filter(Boolean);
fields.forEach(combobox);
if (header) listenForShortcut();
document.querySelectorAll("[data-search-key]").forEach(offerKeySetting);

/** Give a search field its list. @param {HTMLInputElement} field */
function combobox(field) {
  const panel = element("div", { class: "search-panel", hidden: "" });
  const said = element("span", { class: "visually-hidden", role: "status" });
  field.parentElement.append(panel, said);
  let timer = 0;
  let request = new AbortController();

  const options = () => [...panel.querySelectorAll("[role=option]")];
  const chosen = () => panel.querySelector('[aria-selected="true"]');

  /** Mark the option that Enter follows; none where it is null. */
  function choose(option) {
    chosen()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
  }

  function close() {
    clearTimeout(timer);
    request.abort();
    choose(null);
    said.textContent = "";
    panel.hidden = true;
    field.setAttribute("aria-expanded", "false");
  }

  /** @param {string} html from our own server, escaped there */
  function show(html) {
    choose(null);
    panel.innerHTML = html;
    const list = panel.querySelector("[role=listbox]");
    list.id = `${field.id}-list`;
    options().forEach((option, index) => (option.id = `${field.id}-option-${index}`));
    said.textContent = list.dataset.said;
    panel.hidden = false;
    field.setAttribute("aria-controls", list.id);
    field.setAttribute("aria-expanded", String(options().length > 0));
  }

  /** Ask for what is typed now; an answer to something older is dropped. */
  async function ask() {
    request.abort();
    request = new AbortController();
    const { signal } = request;
    const query = new URLSearchParams({ q: field.value, fragment: "1" });
    try {
      const response = await fetch(`${field.form.action}?${query}`, { signal });
      const html = await response.text();
      if (!signal.aborted && response.ok) show(html);
    } catch (error) {
      if (error.name !== "AbortError") close(); // offline: Enter still leads to the page of results
    }
  }

  function onTyping() {
    clearTimeout(timer);
    if (field.value.trim()) timer = setTimeout(ask, WAIT_MS);
    else close();
  }

  /** Move by arrow keys, beyond the last to the first; where no list is open, open it. */
  function onArrow(step) {
    const all = options();
    const at = all.indexOf(chosen());
    if (panel.hidden) return field.value.trim() && ask();
    const from = at < 0 && step < 0 ? 0 : at; // where none is chosen, up leads to the last
    return choose(all.at((from + step) % all.length) ?? null);
  }

  function onEscape() {
    if (panel.hidden) field.value = "";
    close();
  }

  const keys = {
    ArrowDown: () => onArrow(1),
    ArrowUp: () => onArrow(-1),
    Escape: onEscape,
    Enter: () => chosen().click(),
  };
  field.addEventListener("keydown", (event) => {
    const act = keys[event.key];
    if (!act || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter" && !chosen()) return; // the form is sent
    event.preventDefault();
    act();
  });
  field.addEventListener("input", onTyping);
  field.addEventListener("blur", close);
  panel.addEventListener("mousedown", (event) => event.preventDefault()); // a click must not take the focus away first
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
}

function listenForShortcut() {
  tellShortcut();
  document.addEventListener("keydown", (event) => {
    if (!isShortcut(event)) return;
    event.preventDefault();
    if (!header.checkVisibility()) location.assign(header.form.action); // a narrow window has no room for the field
    header.focus();
    header.select();
  });
}

/** Is it "/" or Ctrl+K, pressed where nothing is being written? */
function isShortcut(event) {
  const target = event.composedPath()[0];
  const isWriting = target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName);
  if (event.defaultPrevented || event.isComposing || event.altKey || isWriting) return false;
  if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() === "k" && !event.shiftKey;
  return event.key === "/" && isKeyOn();
}

function isKeyOn() {
  return localStorage.getItem(KEY_SETTING) !== "off";
}

function tellShortcut() {
  header.setAttribute("aria-keyshortcuts", isKeyOn() ? "/ Control+K" : "Control+K");
  header.form.querySelector("kbd")?.toggleAttribute("hidden", !isKeyOn());
}

/** Let a checkbox of the page of results say, and set, whether "/" leads to the field. */
function offerKeySetting(label) {
  const box = label.querySelector("input");
  label.hidden = !header;
  box.checked = isKeyOn();
  box.addEventListener("change", () => {
    localStorage.setItem(KEY_SETTING, box.checked ? "on" : "off");
    tellShortcut();
  });
}

function element(tag, attributes) {
  const made = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  return made;
}
