/** @file Packing: every pair once, what is skipped is told, and a stopped job ends as if it had not been stopped. */
import { readdir, readFile, rm, truncate } from "node:fs/promises";
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

test("a folder that another job writes shards into is left to it", async () => {
  await using source = await openSource(folder);
  const output = newFolder();
  const both = await Promise.allSettled([
    packSource(source, output, options),
    packSource(source, output, options),
  ]);
  const reasons = both.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
  expect(reasons).toMatchObject([
    {
      code: "io",
      message: `Another process writes shards into ${output}; wait for it, or choose another folder with -o.`,
    },
  ]);
  expect(await packSource(source, output, options)).toMatchObject({
    samples: 9,
    wasComplete: true,
  });
});

test("shards that are not its own, those that are read above all, are left as they are", async () => {
  const packed = newFolder();
  await using source = await openSource(folder);
  await packSource(source, packed, options);
  const before = await readFile(join(packed, "00000.tar"));
  await rm(join(packed, "pack.json"));
  await expect(packSource(source, packed, options)).rejects.toMatchObject({
    code: "bad_option",
    message: `${packed} holds shards already; choose another folder with -o.`,
  });
  await using shards = await openSource(packed);
  await expect(packSource(shards, packed, options)).rejects.toThrow(/is the folder that is read/);
  expect(await readFile(join(packed, "00000.tar"))).toEqual(before);
  await expect(packSource(source, folder, options)).rejects.toThrow(/is the folder that is read/);
  await expect(packSource(source, newFolder(), { ...options, shardSize: 0 })).rejects.toThrow(
    "shardSize: expected an integer >= 1, got 0",
  );
});

test("a shard that became shorter is packed again; a whole set is not looked at", async () => {
  await using source = await openSource(folder);
  const output = newFolder();
  const expected = await packSource(source, output, options);
  expect(expected.wasComplete).toBe(false);
  const path = join(output, "00001.tar");
  const before = await readFile(path);
  await truncate(path, 700);
  expect(await packSource(source, output, options)).toEqual(expected);
  expect(await readFile(path)).toEqual(before);
  expect(await packSource(source, output, options)).toEqual({ ...expected, wasComplete: true });
});

test("pictures that have come since are said to have", async () => {
  const copy = write({ "a.png": await picture(), "a.txt": "a card" });
  const output = newFolder();
  const pack = async () => {
    await using source = await openSource(copy);
    return await packSource(source, output, options);
  };
  await pack();
  write({ "b.png": await picture(), "b.txt": "another card" }, copy);
  await expect(pack()).rejects.toThrow(
    /was made from other pictures, or they have changed since \(pack\.json\); delete it/,
  );
});

test("no shard is left empty by pictures that cannot be read, and they are counted", async () => {
  const files: Record<string, Buffer | string> = { "z.png": "damaged", "z.txt": "nothing" };
  for (const name of ["a", "b"]) {
    files[`${name}.png`] = await picture();
    files[`${name}.txt`] = `card ${name}`;
  }
  await using source = await openSource(write(files));
  const output = newFolder();
  for (let time = 0; time < 2; time++) {
    const { shards, skipped } = await packSource(source, output, { size: 16, shardSize: 2 });
    expect([shards.length, skipped]).toEqual([1, 1]);
  }
  expect(await readdir(output)).toEqual(["00000.tar", "pack.json"]);
});
