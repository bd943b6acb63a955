/** @file The two halves of the platform layer: the compiler sees only Node's, so this holds the page's to it. */
import { readdir } from "node:fs/promises";
import { expect, expectTypeOf, test } from "vitest";

type Halves = {
  engine: [
    typeof import("../src/platform/node/engine.js"),
    typeof import("../src/platform/browser/engine.js"),
  ];
  images: [
    typeof import("../src/platform/node/images.js"),
    typeof import("../src/platform/browser/images.js"),
  ];
  "model-files": [
    typeof import("../src/platform/node/model-files.js"),
    typeof import("../src/platform/browser/model-files.js"),
  ];
  runtime: [
    typeof import("../src/platform/node/runtime.js"),
    typeof import("../src/platform/browser/runtime.js"),
  ];
};

test("what Node's half gives, the page's gives too", async () => {
  expectTypeOf<Halves["engine"][1]>().toExtend<Halves["engine"][0]>();
  expectTypeOf<Halves["images"][1]>().toExtend<Halves["images"][0]>();
  expectTypeOf<Halves["model-files"][1]>().toExtend<Halves["model-files"][0]>();
  expectTypeOf<Halves["runtime"][1]>().toExtend<Halves["runtime"][0]>();
  const files = await readdir(new URL("../src/platform/node", import.meta.url));
  expect(files.sort()).toEqual(["engine.ts", "images.ts", "model-files.ts", "runtime.ts"]);
});
