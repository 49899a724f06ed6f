// Fetches the numbers of the page "Queue and workers" anew every few seconds, while somebody can see them.
const EVERY_MS = 5000;
const box = document.getElementById("refresh");
const numbers = document.getElementById("queue");

async function refresh() {
  const isRead = document.hidden || numbers.contains(document.activeElement) || !getSelection().isCollapsed;
  if (!box.checked || isRead) return; // a link that has the focus, or text that is being copied, stays
  const answer = await fetch("?part=numbers").catch(() => null);
  if (answer?.ok && !answer.redirected) numbers.innerHTML = await answer.text();
}

box.parentElement.hidden = false;
setInterval(refresh, EVERY_MS);
