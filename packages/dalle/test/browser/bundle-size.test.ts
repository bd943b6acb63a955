/** @file What the library adds to a page, without weights and without ONNX Runtime: all of it, as vite bundles it. */
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, defaultClientConditions, type Rolldown } from "vite";
import { expect, test } from "vitest";

/** In bytes after gzip. A half is the checks of config.json (zod) and the tokenizer; the rest is ours. */
const CEILING = 60_000;

test(`all of the library is at most ${CEILING / 1000} kB, and none of it is of Node`, async () => {
  const ofNode: string[] = [];
  const { output } = (await build({
    configFile: false,
    logLevel: "error",
    plugins: [
      {
        name: "find-node",
        enforce: "pre",
        resolveId: (id, importer) => {
          if (/^(node:|sharp$|onnxruntime-node$)/.test(id)) ofNode.push(`${id} by ${importer}`);
          return null;
        },
      },
    ],
    resolve: { conditions: ["@dalle-ts/source", ...defaultClientConditions] },
    build: {
      write: false,
      target: "esnext",
      rolldownOptions: {
        input: fileURLToPath(new URL("page/page.ts", import.meta.url)),
        external: /^onnxruntime-/,
      },
    },
  })) as Rolldown.RolldownOutput;
  expect(ofNode).toEqual([]);
  const scripts = output.filter((file) => file.type === "chunk").map(({ code }) => code);
  const size = gzipSync(scripts.join("")).length;
  expect(size).toBeLessThanOrEqual(CEILING);
  // The check would pass on an empty bundle too.
  expect(size).toBeGreaterThan(CEILING / 2);
  console.log(`all of dalle-ts in a page: ${(size / 1000).toFixed(1)} kB after gzip`);
});
