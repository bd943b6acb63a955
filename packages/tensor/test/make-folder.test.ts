/** @file A folder with those it lies in, and no endless trying where the system makes none. */
import { existsSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.js";
import { makeFolder } from "../src/index.js";

const folder = temporaryFolder();

test("makes what is missing, and leaves what is there", () => {
  const deep = join(folder, "a", "b", "c");
  makeFolder(deep);
  expect(statSync(deep).isDirectory()).toBe(true);
  writeFileSync(join(deep, "kept.txt"), "x");
  makeFolder(deep);
  makeFolder("/");
  expect(existsSync(join(deep, "kept.txt"))).toBe(true);
});

test("throws where a file is in the way", () => {
  writeFileSync(join(folder, "file"), "x");
  expect(() => makeFolder(join(folder, "file"))).toThrow(/EEXIST/);
  expect(() => makeFolder(join(folder, "file", "below"))).toThrow(/ENOTDIR/);
});

test.skipIf(!existsSync("/proc"))("throws where the system makes no folder", () => {
  expect(() => makeFolder("/proc/none/below")).toThrow(/ENOENT/);
});
