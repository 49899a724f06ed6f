// Marks in the table of contents the section that is being read.

const links = new Map(
  [...document.querySelectorAll(".toc a")].map((link) => [document.getElementById(link.hash.slice(1)), link]),
);
const headings = [...links.keys()];
const begun = new Set();

function mark(entries) {
  for (const { target, isIntersecting } of entries) begun[isIntersecting ? "add" : "delete"](target);
  const read = headings.findLast((heading) => begun.has(heading));
  for (const [heading, link] of links) {
    if (heading === read) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

// A section is begun once its heading is in the upper quarter of the window, or above the window at any height.
const crossings = new IntersectionObserver(mark, { rootMargin: "1000000px 0px -75% 0px" });
headings.forEach((heading) => crossings.observe(heading));
