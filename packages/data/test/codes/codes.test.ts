/** @file Code shards: what was encoded comes back, at any place; a stopped job ends with the same files. */
import { readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { CodeShards, encodeSource, openSource, type PictureEncoder } from "../../src/index.js";
import { newFolder, picture, write } from "../source/fixtures.js";

/** Four codes a picture: its mean red, plus 0 to 3. */
const encoder: PictureEncoder = {
  sha256: "ab12",
  imageSize: 8,
  gridSide: 2,
  codes: 1024,
  async encode(pixels, count) {
    return Uint16Array.from(
      { length: 4 * count },
      (_, at) => 3 * pixels[192 * (at >> 2)]! + (at & 3),
    );
  },
};
let folder: string;
beforeAll(async () => {
  const files: Record<string, Buffer | string> = { "13.png": "damaged", "13.txt": "nothing" };
  for (const number of [10, 11, 12, 14, 15, 16]) {
    files[`${number}.png`] = await picture(10, 14, `rgb(${10 * number}, 0, 0)`);
    files[`${number}.txt`] = `card ${number}, schön`;
  }
  folder = write(files);
});
const options = { shardSize: 2, batch: 3 };

test("codes and captions in order, the damaged one left out", async () => {
  await using source = await openSource(folder);
  const output = newFolder();
  const result = await encodeSource(source, encoder, output, options);
  expect(result).toMatchObject({ samples: 6, skipped: 1, parts: [{}, {}, {}] });
  using shards = await CodeShards.open(output);
  expect(shards.count).toBe(6);
  expect(shards.settings.dvae.sha256).toBe("ab12");
  const found = [5, 0, 3].map((index) => [shards.caption(index), [...shards.codes(index)]]);
  expect(found).toEqual([
    ["card 16, schön", [480, 481, 482, 483]],
    ["card 10, schön", [300, 301, 302, 303]],
    ["card 14, schön", [420, 421, 422, 423]],
  ]);
});

test("they tell which pictures they were made from, unless they are from before that was kept", async () => {
  await using source = await openSource(folder);
  const output = newFolder();
  await encodeSource(source, encoder, output, options);
  using told = await CodeShards.open(output);
  expect(told.sourceName).toBe(basename(folder));
  const path = join(output, "codes.json");
  const { sourceName: _, ...state } = JSON.parse(await readFile(path, "utf8"));
  await writeFile(path, JSON.stringify(state));
  using untold = await CodeShards.open(output);
  expect([untold.sourceName, untold.identity]).toEqual([undefined, told.identity]);
  expect(await encodeSource(source, encoder, output, options)).toMatchObject({ wasComplete: true });
});

test("stopped and resumed, the files are the same; until the end they are refused", async () => {
  await using source = await openSource(folder);
  const [whole, halves] = [newFolder(), newFolder()];
  await encodeSource(source, encoder, whole, options);
  const controller = new AbortController();
  const onProgress = (done: number) => done === 3 && controller.abort();
  const stopping = { ...options, onProgress, signal: controller.signal };
  await expect(encodeSource(source, encoder, halves, stopping)).rejects.toMatchObject({
    code: "aborted",
  });
  await expect(CodeShards.open(halves)).rejects.toThrow(/not complete; run the same/);
  await encodeSource(source, encoder, halves, options);
  for (const name of ["codes.json", "00000.codes", "00002.codes", "00002.jsonl"]) {
    expect(await readFile(join(halves, name))).toEqual(await readFile(join(whole, name)));
  }
  const other = { ...encoder, sha256: "ffff" };
  await expect(encodeSource(source, other, halves, options)).rejects.toThrow(
    /made with another dvae/,
  );
  await truncate(join(halves, "00001.codes"), 9);
  await expect(CodeShards.open(halves)).rejects.toThrow(/00001\.codes has 9 bytes of 16/);
  await expect(CodeShards.open(folder)).rejects.toMatchObject({ code: "not_found" });
});

test("what is damaged is encoded again, as the error says it will be", async () => {
  await using source = await openSource(folder);
  const output = newFolder();
  const expected = await encodeSource(source, encoder, output, options);
  const damage: Readonly<Record<string, (path: string) => Promise<void>>> = {
    "00001.codes": (path) => truncate(path, 3),
    "00002.codes": async (path) => {
      const bytes = await readFile(path);
      bytes[5]! ^= 1;
      await writeFile(path, bytes);
    },
    "00000.jsonl": (path) => writeFile(path, "{}\n"),
    "00002.jsonl": (path) => rm(path),
  };
  for (const [name, harm] of Object.entries(damage)) {
    const path = join(output, name);
    const before = await readFile(path);
    await harm(path);
    await expect(CodeShards.open(output)).rejects.toThrow(
      new RegExp(`${name} has .*; run the same \`dalle data encode\` command again\\.$`),
    );
    expect(await encodeSource(source, encoder, output, options)).toEqual(expected);
    expect(await readFile(path)).toEqual(before);
  }
  const again = await encodeSource(source, encoder, output, options);
  expect(again).toEqual({ ...expected, wasComplete: true });
});

test("no empty shard is left behind by a last picture that is damaged", async () => {
  const files = { "a.png": await picture(), "a.txt": "a card", "b.png": "damaged", "b.txt": "x" };
  await using source = await openSource(write(files));
  const output = newFolder();
  const result = await encodeSource(source, encoder, output, { shardSize: 1 });
  expect(result).toMatchObject({ samples: 1, skipped: 1, parts: [{ name: "00000" }] });
  expect(await readdir(output)).toEqual(["00000.codes", "00000.jsonl", "codes.json"]);
  using shards = await CodeShards.open(output);
  expect(shards.count).toBe(1);
});

test("codes of pictures whose captions were corrected since are not called complete", async () => {
  const own = write({ "a.png": await picture(), "a.txt": "a card" });
  const output = newFolder();
  const encode = async () => {
    await using source = await openSource(own);
    return await encodeSource(source, encoder, output, options);
  };
  await encode();
  expect(await encode()).toMatchObject({ wasComplete: true });
  write({ "a.txt": "a red card" }, own);
  await expect(encode()).rejects.toThrow(
    /was made from other pictures, or they have changed since/,
  );
});
