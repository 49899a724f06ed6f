// Sets the formulas. Its script element blocks rendering, so that they are set before the page is first painted.

for (const place of document.querySelectorAll(".math")) {
  const tex = place.textContent;
  katex.render(tex, place, { displayMode: place.classList.contains("display"), throwOnError: false });
  place.classList.add("is-set");
}
