/** @file Builds pages with vite, as a user of the library does; the sources stand for the installed package. */
import { fileURLToPath } from "node:url";
import { build, defaultClientConditions } from "vite";

/** folder: where index.html is, beside this file. */
export async function buildPage(folder: string, outDir: string): Promise<void> {
  await build({
    root: fileURLToPath(new URL(folder, import.meta.url)),
    configFile: false,
    logLevel: "error",
    base: "./",
    resolve: { conditions: ["@dalle-ts/source", ...defaultClientConditions] },
    build: { outDir, emptyOutDir: true, target: "esnext", chunkSizeWarningLimit: 4000 },
    worker: { format: "es" },
  });
}
