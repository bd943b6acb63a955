/** @file The folder of indexes: several commands at a time, and what is left in it in the end. */
import { cpSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSource } from "../../src/index.js";
import { contents, newFolder, parquetOf, picture, write } from "./fixtures.js";

const cache = () => join(process.env.XDG_CACHE_HOME!, "dalle-ts", "sources");

test("many that open one source at the same time all get it", async () => {
  const red = await picture();
  const folder = write({ "a.png": red, "a.txt": "a card" });
  for (let round = 0; round < 3; round++) {
    write({ [`${round}.png`]: red, [`${round}.txt`]: "another" }, folder);
    const opened = await Promise.all(Array.from({ length: 12 }, () => openSource(folder)));
    for (const source of opened) {
      expect(source.count).toBe(round + 2);
      expect(await source.readCaption(round + 1)).toMatchObject({ caption: "a card" });
      await source[Symbol.asyncDispose]();
    }
  }
  expect(readdirSync(cache()).filter((name) => name.includes("."))).toEqual([]);
});

test("stopped ones go after a day and unused ones after a month, and nothing else does", async () => {
  const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60 * 1000);
  const place = (name: string, file: string, days: number) => {
    mkdirSync(join(cache(), name), { recursive: true });
    writeFileSync(join(cache(), name, file), "{}");
    for (const path of [join(name, file), name]) {
      utimesSync(join(cache(), path), daysAgo(days), daysAgo(days));
    }
  };
  const [one, other] = ["a".repeat(32), "b".repeat(32)];
  place(one, "head.json", 31);
  place(other, "head.json", 29);
  place(`${one}.0123abcd`, "entries", 2);
  place(`${other}.0123abcd`, "entries", 0.5);
  place("somebody's", "head.json", 99);
  const used = write({ "a.png": await picture(), "a.txt": "a card" });
  await contents(used);
  const kept = readdirSync(cache());
  expect(kept).toEqual(expect.arrayContaining([other, `${other}.0123abcd`, "somebody's"]));
  expect(kept).not.toContain(one);
  expect(kept).not.toContain(`${one}.0123abcd`);
});

async function identityOf(path: string, options?: Parameters<typeof openSource>[1]) {
  await using source = await openSource(path, options);
  return source.identity;
}

const table = '{"file_name":"a.png","caption":"a card"}\n{"file_name":"b.png","caption":"gone"}\n';

test.each([
  ["a corrected caption", "a.txt", "a blue card", [".", undefined]],
  ["a replaced picture", "a.png", "another picture", [".", undefined]],
  ["a replaced picture named by itself", "a.png", "another picture", [".", { captions: "names" }]],
  ["a replaced picture of a table", "a.png", "another picture", ["table.jsonl", undefined]],
  ["a picture of a table that comes later", "b.png", "a picture", ["table.jsonl", undefined]],
] as const)("%s makes another source", async (_, name, content, [path, options]) => {
  const folder = write({ "a.png": await picture(), "a.txt": "a card" });
  if (path !== ".") write({ [path]: table }, folder);
  const before = await identityOf(join(folder, path), options);
  expect(await identityOf(join(folder, path), options)).toBe(before);
  const { mtime } = statSync(folder);
  write({ [name]: content }, folder);
  utimesSync(folder, mtime, mtime); // what an editor that writes in place leaves
  expect(await identityOf(join(folder, path), options)).not.toBe(before);
});

test("a corrected caption of a Parquet file makes another source", async () => {
  const of = async (caption: string) =>
    parquetOf([
      { name: "jpg", data: [await picture()], type: "BYTE_ARRAY" },
      { name: "caption", data: [caption], type: "STRING" },
    ]);
  const folder = write({ "p.parquet": await of("a red card") });
  const before = await identityOf(folder);
  expect(await identityOf(folder)).toBe(before);
  write({ "p.parquet": await of("a big card") }, folder);
  const time = new Date("2021-01-05T00:00:00Z");
  utimesSync(join(folder, "p.parquet"), time, time);
  expect(await identityOf(folder)).not.toBe(before);
});

test("a copy that keeps the times of its files is the same source", async () => {
  const folder = write({ "a.png": await picture(), "a.txt": "a card" });
  const copy = join(newFolder(), "copy");
  cpSync(folder, copy, { recursive: true });
  const time = new Date("2021-01-05T00:00:00Z");
  for (const place of [folder, copy]) {
    for (const name of ["a.png", "a.txt"]) utimesSync(join(place, name), time, time);
  }
  expect(await identityOf(copy)).toBe(await identityOf(folder));
});
