/** @file Files whose names say something else: upper case, none at all, those of macOS, folders that look like archives. */
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { openSource } from "../../src/index.js";
import { contents, picture, tarOf, write } from "./fixtures.js";

let red: Buffer;
let blue: Buffer;
beforeAll(async () => {
  [red, blue] = [await picture(), await picture(9, 9, "blue")];
});

test("CAT.JPG has its caption in CAT.TXT", async () => {
  const folder = write({ "CAT.JPG": red, "CAT.TXT": "a cat", "dog.PNG": red, "dog.txt": "a dog" });
  expect(await contents(folder)).toEqual({
    pairs: { "CAT.JPG": "a cat", "dog.PNG": "a dog" },
    problems: {},
  });
});

test("a name without words is no caption", async () => {
  const folder = write({ "___.png": red, "red-card.png": red });
  expect(await contents(folder, { captions: "names" })).toEqual({
    pairs: { "red-card.png": "red card" },
    problems: { "___.png": "has no words in its name" },
  });
});

describe("in shards", () => {
  test("what macOS adds is passed over, and the first picture of a sample is the sample's", async () => {
    const files = {
      "._1.png": "x",
      "1.png": red,
      "1.jpg": blue,
      "._1.txt": "x",
      "1.txt": "a card",
    };
    await using source = await openSource(write({ "a.tar": await tarOf(files) }));
    expect([source.count, source.problemCount]).toEqual([1, 0]);
    const record = await source.read(0);
    expect(record).toMatchObject({ key: "a.tar/1.png", caption: "a card" });
    expect(record).toHaveProperty("bytes.length", red.length);
  });

  test("a folder that is called like one is no shard", async () => {
    const card = { "1.png": red, "1.txt": "a card" };
    const folder = write({ "a.tar": await tarOf(card), "b.tar/1.png": red });
    expect(await contents(folder)).toEqual({ pairs: { "a.tar/1.png": "a card" }, problems: {} });
    const alone = write({ "x.tar/1.png": red, "x.tar/1.txt": "a card", "y.csv/2.txt": "x" });
    expect((await contents(alone)).pairs).toEqual({ "x.tar/1.png": "a card" });
  });
});

describe("options that mean nothing for a source", () => {
  const refusal = (path: string, kind: string, option: string) => ({
    code: "bad_option",
    message: `${path} is ${kind}, which has no --${option}; leave it out.`,
  });

  test("are refused by name", async () => {
    const photos = write({ "a.png": red, "a.json": '{"words": "a card"}' });
    await expect(openSource(photos, { columns: { caption: "words" } })).rejects.toMatchObject(
      refusal(photos, "a folder of pictures", "caption-column"),
    );
    const shards = write({ "a.tar": await tarOf({}) });
    await expect(openSource(shards, { images: photos })).rejects.toMatchObject(
      refusal(shards, "in the WebDataset format", "images"),
    );
    const parquet = join(write({ "a.parquet": "x" }), "a.parquet");
    await expect(openSource(parquet, { images: photos })).rejects.toMatchObject(
      refusal(parquet, "in the Parquet format", "images"),
    );
    const table = join(write({ "a.csv": "file,text\n" }), "a.csv");
    await expect(openSource(table, { captions: "names" })).rejects.toMatchObject(
      refusal(table, "a table", "captions"),
    );
  });

  test("and captions in files make a folder of one that holds a table", async () => {
    const folder = write({ "a.png": red, "a.txt": "a card", "notes.csv": "which,words\n1,2\n" });
    expect((await contents(folder, { captions: "files" })).pairs).toEqual({ "a.png": "a card" });
  });
});

test("a packed archive is told of as one, in a folder and alone", async () => {
  const folder = write({ "a.png": red, "a.txt": "a card", "00000.tar.gz": "x" });
  expect((await contents(folder)).problems).toEqual({
    "00000.tar.gz": "is a packed archive; unpack it first",
  });
  await expect(openSource(join(folder, "00000.tar.gz"))).rejects.toThrow(
    "00000.tar.gz is a packed archive; unpack it first.",
  );
});
