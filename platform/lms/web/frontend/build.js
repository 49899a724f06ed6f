// Makes ../static/web/vendor and KaTeX for the server from the pinned packages. What it writes is committed; users need
// no Node.js.

import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const vendor = new URL("../static/web/vendor/", import.meta.url);
const server = new URL("../../../../courses/katex/", import.meta.url);
const packages = new URL("node_modules/", import.meta.url);
const FONTS = [
  ["@fontsource-variable/source-serif-4", "source-serif-4-latin-wght-normal.woff2"],
  ["@fontsource/source-serif-4", "source-serif-4-latin-400-italic.woff2"], // one weight: 20 kB instead of 52
  ["@fontsource-variable/source-sans-3", "source-sans-3-latin-wght-normal.woff2"],
  ["@fontsource-variable/source-code-pro", "source-code-pro-latin-wght-normal.woff2"],
];

async function editor() {
  await build({
    entryPoints: [new URL("editor.js", import.meta.url).pathname],
    outfile: new URL("codemirror/editor.js", vendor).pathname,
    bundle: true,
    format: "esm",
    target: "es2022",
    minify: true,
    legalComments: "none",
  });
  await cp(new URL("@codemirror/view/LICENSE", packages), new URL("codemirror/LICENSE", vendor));
}

async function katex() {
  const dist = new URL("katex/dist/", packages);
  const css = await readFile(new URL("katex.min.css", dist), "utf8");
  // Every browser that we support reads woff2: the older formats would only be weight.
  const woff2 = css.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("(?:woff|truetype)"\)/g, "");
  await mkdir(new URL("katex/fonts/", vendor), { recursive: true });
  await writeFile(new URL("katex/katex.min.css", vendor), woff2);
  await cp(new URL("katex.min.js", dist), new URL("katex.min.js", server));
  await cp(new URL("katex/LICENSE", packages), new URL("LICENSE", server));
  await cp(new URL("katex/LICENSE", packages), new URL("katex/LICENSE", vendor));
  for (const [, file] of woff2.matchAll(/fonts\/([\w-]+\.woff2)/g)) {
    await cp(new URL(`fonts/${file}`, dist), new URL(`katex/fonts/${file}`, vendor));
  }
}

async function fonts() {
  for (const [name, file] of FONTS) {
    const source = new URL(`${name}/`, packages);
    await cp(new URL(`files/${file}`, source), new URL(`fonts/${file}`, vendor));
    await cp(new URL("LICENSE", source), new URL(`fonts/LICENSE.${name.split("/")[1]}`, vendor));
  }
}

await rm(vendor, { recursive: true, force: true });
await Promise.all([editor(), katex(), fonts()]);
