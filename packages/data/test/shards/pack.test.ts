/** @file Packing: every pair once, what is skipped is told, and a stopped job ends as if it had not been stopped. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { openSource, packSource } from "../../src/index.js";
import { contents, newFolder, picture, write } from "../source/fixtures.js";

let folder: string;
beforeAll(async () => {
  const files: Record<string, Buffer | string> = {};
  for (let number = 0; number < 11; number++) {
    files[`${number + 10}.png`] = await picture(20 + 3 * number, 24, `rgb(${20 * number}, 90, 40)`);
    files[`${number + 10}.txt`] = number === 4 ? "IMG_0001" : `a card in shade ${number}`;
  }
  files["15.png"] = "damaged";
  folder = write(files);
});
const options = { size: 16, shardSize: 4, cut: "transformer", filters: ["boilerplate"] } as const;

test("packs squares in order, skips with a reason, resumes to the same bytes", async () => {
  await using source = await openSource(folder);
  const [whole, halves] = [newFolder(), newFolder()];
  const problems: Record<string, string> = {};
  const expected = await packSource(source, whole, {
    ...options,
    onProblem: ({ file, reason }) => {
      problems[file] = reason;
    },
  });
  expect(expected).toMatchObject({ samples: 9, skipped: 2 });
  expect(problems).toEqual({
    "14.png": "has a boilerplate caption",
    "15.png": "is not a picture of a format that is read",
  });
  const controller = new AbortController();
  const onProgress = (done: number) => done === 8 && controller.abort();
  const stopped = packSource(source, halves, { ...options, onProgress, signal: controller.signal });
  await expect(stopped).rejects.toMatchObject({ code: "aborted" });
  expect(await packSource(source, halves, options)).toEqual(expected);
  const { pairs } = await contents(halves);
  expect(Object.keys(pairs)).toHaveLength(9);
  expect(pairs["00001.tar/000000004.png"]).toBe("a card in shade 6");
  for (const { name } of expected.shards) {
    expect(await readFile(join(halves, name))).toEqual(await readFile(join(whole, name)));
  }
});

test("the same folder takes no other source or size", async () => {
  await using source = await openSource(folder);
  const output = newFolder();
  await packSource(source, output, options);
  await expect(packSource(source, output, { ...options, size: 32 })).rejects.toMatchObject({
    code: "bad_option",
    message: expect.stringMatching(/made with another size/),
  });
});
