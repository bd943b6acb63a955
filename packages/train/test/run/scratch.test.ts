/** @file Folders for what is made on the way: in the run folder, and gone afterwards. */
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { removeScratch, withScratch } from "../../src/run/scratch.js";
import { newFolder } from "./folders.js";

test("lie in the folder that is named, and are gone afterwards, also after an error", async () => {
  const directory = await newFolder();
  const failing = withScratch(directory, async (folder) => {
    expect(dirname(folder)).toBe(directory);
    await writeFile(join(folder, "weights"), "some");
    throw new Error("no luck");
  });
  await expect(failing).rejects.toThrow("no luck");
  expect(await readdir(directory)).toEqual([]);
});

test("those of a run that was killed are removed, and nothing else", async () => {
  const directory = await newFolder();
  await mkdir(join(directory, ".scratch-a1b2c3"));
  await writeFile(join(directory, "step-00000001.png"), "");
  await removeScratch(directory);
  expect(await readdir(directory)).toEqual(["step-00000001.png"]);
});
