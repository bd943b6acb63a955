/** @file Builds the Studio page into dist/page, where the server finds it. */
import { gzipSync } from "node:zlib";
import { defaultClientConditions, defineConfig, type Plugin } from "vite";

/**
 * ONNX Runtime's WebAssembly as gzip alone, a quarter of its 41 MB. A page loads one of the two files, by whether there is
 * WebGPU; src/studio/page-routes.ts serves them under their own names.
 */
const packedWebAssembly: Plugin = {
  name: "packed-web-assembly",
  generateBundle(_, bundle) {
    for (const [fileName, file] of Object.entries(bundle)) {
      if (file.type !== "asset" || !fileName.endsWith(".wasm")) continue;
      this.emitFile({ type: "asset", fileName: `${fileName}.gz`, source: gzipSync(file.source) });
      delete bundle[fileName];
    }
  },
};

export default defineConfig({
  root: new URL("page", import.meta.url).pathname,
  base: "./",
  plugins: [packedWebAssembly],
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
