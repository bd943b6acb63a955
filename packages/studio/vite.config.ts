/** @file Builds the Studio page into dist/page, where the server finds it. */
import { defaultClientConditions, defineConfig } from "vite";

export default defineConfig({
  root: new URL("page", import.meta.url).pathname,
  base: "./",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  // From sources, so that the page is never bundled with a library that was built before.
  resolve: { conditions: ["@dalle-ts/source", ...defaultClientConditions] },
  build: {
    outDir: "../dist/page",
    emptyOutDir: true,
    target: "es2022",
    reportCompressedSize: false,
  },
});
