/** @file Bundles the page, and puts the model that ships beside it. */
import { copyFile, mkdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

const model = fileURLToPath(new URL("../../models/default", import.meta.url));

/** Threads need these; in production the service worker adds them where the host does not. */
const headers = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/** Copies config.json and the files that it lists. */
function modelFolder(): Plugin {
  let outDir: string;
  return {
    name: "model-folder",
    apply: "build",
    configResolved: (config) => {
      outDir = resolve(config.root, config.build.outDir, "models/default");
    },
    closeBundle: async () => {
      const { files } = JSON.parse(await readFile(join(model, "config.json"), "utf8"));
      await mkdir(outDir, { recursive: true });
      for (const name of ["config.json", ...Object.keys(files)]) {
        await copyFile(join(model, name), join(outDir, name));
      }
    },
  };
}

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./", // any folder of any host
  plugins: [modelFolder()],
  build: { target: "esnext", chunkSizeWarningLimit: 1000 },
  preview: { headers, port: 8788 },
});
