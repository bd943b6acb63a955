/** @file Builds pages with vite, as a user of the library does; the sources stand for the installed package. */
import { fileURLToPath } from "node:url";
import { build, defaultClientConditions, type InlineConfig } from "vite";

/** folder: where index.html is, relative to this file; `config` is its own, where it has one. */
export async function buildPage(
  folder: string,
  outDir: string,
  config: InlineConfig = {
    configFile: false,
    base: "./",
    build: { target: "esnext" },
    worker: { format: "es" },
  },
): Promise<void> {
  await build({
    ...config,
    root: fileURLToPath(new URL(folder, import.meta.url)),
    logLevel: "error",
    resolve: { conditions: ["@dalle-ts/source", ...defaultClientConditions] },
    build: { ...config.build, outDir, emptyOutDir: true, chunkSizeWarningLimit: 1000 },
  });
}
