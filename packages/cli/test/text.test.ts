/** @file Words and numbers as people read them. */
import { expect, test } from "vitest";
import { panelLabel } from "../src/commands/explain.js";
import { counted } from "../src/text.js";

test("one of a kind is not many", () => {
  expect([1, 0, 2].map((count) => counted(count, "shard"))).toEqual([
    "1 shard",
    "0 shards",
    "2 shards",
  ]);
  expect(counted(1, "picture with a caption", "pictures with captions")).toBe(
    "1 picture with a caption",
  );
});

test("a word that the sheet's font cannot write is numbered", () => {
  expect(["ball", "赤い", "мяч", "t-shirt,"].map(panelLabel)).toEqual([
    "ball",
    "(word 2)",
    "мяч",
    "t-shirt,",
  ]);
});
