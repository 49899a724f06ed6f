// Says things to those who listen to the page rather than look at it.

const place = document.createElement("p");
place.className = "visually-hidden";
place.setAttribute("role", "status");
document.body.append(place);

/** Say `words`, also when they were the last that was said. */
export function announce(words) {
  place.textContent = "";
  setTimeout(() => (place.textContent = words));
}
