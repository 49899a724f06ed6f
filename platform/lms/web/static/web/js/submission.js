// The page of a submission or run: shows the verdict when it comes, without a reload.

import { follow } from "./live.js";

const place = document.querySelector("[data-events]");
if (place) {
  const announcer = document.getElementById("announcer");
  follow(place, place.dataset, (words) => (announcer.textContent = words));
}
