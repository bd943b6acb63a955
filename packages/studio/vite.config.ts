/** @file Builds the Studio page into dist/page, where the server finds it. */
import { defineConfig } from "vite";

export default defineConfig({
  root: new URL("page", import.meta.url).pathname,
  base: "./",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../dist/page",
    emptyOutDir: true,
    target: "es2022",
    reportCompressedSize: false,
  },
});
