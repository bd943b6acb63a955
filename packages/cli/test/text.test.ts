/** @file Words and numbers as people read them. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { panelLabel } from "../src/commands/explain.js";
import { counted } from "../src/text.js";
import { dalle, temporaryFolder } from "./harness.js";

const folder = temporaryFolder();

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

test("names from strangers do not steer the terminal", async () => {
  const name = join(folder, "red\u001b[31m.png");
  const { stderr } = await dalle(["data", "check", name]);
  expect(stderr).toContain("red\\x1b[31m.png");
});
