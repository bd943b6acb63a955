/** @file A file that is written whole or not at all. */
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeFileAtomic } from "../src/files/write-file.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "dalle-write-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("writes text and bytes, replaces an older file, creates the folder", async () => {
  const path = join(folder, "new", "out.txt");
  await writeFileAtomic(path, "été");
  expect(await readFile(path, "utf8")).toBe("été");
  await writeFileAtomic(path, Uint8Array.of(1, 2, 3));
  expect([...(await readFile(path))]).toEqual([1, 2, 3]);
  expect(await readdir(join(folder, "new"))).toEqual(["out.txt"]);
});

test("a path that cannot be written is one io error, and nothing stays behind", async () => {
  await mkdir(join(folder, "taken"));
  const promise = writeFileAtomic(join(folder, "taken"), "text");
  await expect(promise).rejects.toMatchObject({ code: "io" });
  await expect(promise).rejects.toThrow(
    /taken: .*; check the folder's permissions and free space\.$/,
  );
  expect(await readdir(folder)).toEqual(["taken"]);
});
