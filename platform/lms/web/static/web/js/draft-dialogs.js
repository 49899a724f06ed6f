// The two dialogs about drafts: which of two to take, and which earlier one to bring back.

import { showDifference } from "./difference.js";

const TIME = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** Ask which of two drafts to take, until somebody says so; Escape means later. */
export function askWhich(draft) {
  const dialog = document.getElementById("conflict");
  if (dialog.open) return;
  const { theirs } = draft;
  const when = theirs.saved ? `, saved ${TIME.format(new Date(theirs.saved))}` : "";
  dialog.querySelector(".dialog-about").textContent =
    `This draft was changed in another place${when}, after the text in this editor was begun.`;
  showDifference(dialog.querySelector(".difference"), theirs.source, draft.text);
  dialog.onclick = ({ target }) => {
    if (!target.matches("button")) return;
    dialog.close();
    if (target.value) draft.settle(target.value === "mine");
  };
  dialog.showModal();
}

/** Show the earlier drafts beside what is in the editor now; `restore` puts one there. */
export async function chooseEarlier(draft, restore) {
  const dialog = document.getElementById("earlier-drafts");
  const [list, side] = [dialog.querySelector(".earlier-list"), dialog.querySelector(".earlier-text")];
  const about = dialog.querySelector(".dialog-about");
  const restoreButton = dialog.querySelector("[value=restore]");
  let chosen = null;

  const show = (earlier, button) => {
    chosen = earlier;
    list.querySelectorAll("button").forEach((each) => each.setAttribute("aria-pressed", String(each === button)));
    showDifference(side.querySelector(".difference"), draft.text, earlier.source);
    side.hidden = restoreButton.hidden = false;
  };
  const row = (earlier) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    const lines = earlier.source.split("\n").length;
    button.type = "button";
    button.className = "button";
    button.textContent = `${TIME.format(new Date(earlier.written))}, ${lines} line${lines === 1 ? "" : "s"}`;
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => show(earlier, button));
    item.append(button);
    return item;
  };

  list.replaceChildren();
  side.hidden = restoreButton.hidden = true;
  about.textContent = "Loading …";
  dialog.onclick = ({ target }) => {
    if (target.value === undefined || !target.matches(".buttons button")) return;
    dialog.close();
    if (target.value === "restore") restore(chosen.source);
  };
  dialog.showModal();
  const response = await fetch(draft.desk.earlier, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!response?.ok) return (about.textContent = "The earlier drafts cannot be read at the moment. Try again.");
  const texts = await response.json();
  about.textContent = texts.length ? "" : "There are none yet.";
  list.replaceChildren(...texts.map(row));
}
