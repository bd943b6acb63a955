/** @file Every format that captioned pictures come in gives the same records, read in any order. */
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openSource } from "../../src/index.js";
import { contents, parquetOf, picture, pictureBytes, tarOf, write } from "./fixtures.js";

const pictures = [
  await picture(12, 8, "red"),
  await picture(9, 9, "blue", "jpeg"),
  await picture(5, 7, "lime", "webp"),
];
const [red, blue, green] = pictures as [Buffer, Buffer, Buffer];
const captions = ["a red card", "ein blaues Quadrat", "ein grünes Feld"];

describe("a folder", () => {
  const files = {
    "a.png": red,
    "a.txt": captions[0]!,
    "deep/er/b.jpg": blue,
    "deep/er/b.json": JSON.stringify({ caption: captions[1], url: "https://example.org/b" }),
    "deep/c.webp": green,
    "deep/c.txt": `  ${captions[2]}\r\n`,
    "README.md": "not a picture",
  };

  test("pairs pictures with the captions beside them", async () => {
    const folder = write(files);
    expect(await contents(folder)).toEqual({
      pairs: { "a.png": captions[0], "deep/c.webp": captions[2], "deep/er/b.jpg": captions[1] },
      problems: {},
    });
    await using source = await openSource(folder);
    expect(await pictureBytes(source)).toEqual([red, green, blue]);
  });

  test("tells of captions without a picture, and of no other file without one", async () => {
    const folder = write({
      "a.b.png": red,
      "a.b.txt": captions[0]!,
      "a.b.caption": "of the same",
      "a.txt": "of none",
      "a.c.TXT": "of none",
      "x/b.caption": "of none",
      "later.heic": "x",
      "later.txt": "of one that is told already",
      "settings.json": "{}",
    });
    const reason = "has no picture of its name beside it";
    expect(await contents(folder)).toEqual({
      pairs: { "a.b.png": captions[0] },
      problems: {
        "a.txt": reason,
        "a.c.TXT": reason,
        "x/b.caption": reason,
        "later.heic": "is of a format that is not read; save it as PNG",
      },
    });
    const { problems } = await contents(folder, { captions: "names" });
    expect(Object.keys(problems)).toEqual(["later.heic"]);
  });

  test("takes the words of names on request", async () => {
    const folder = write({ "two_red-cards.v2.png": red, "x/blue+square.jpg": blue });
    const { pairs } = await contents(folder, { captions: "names" });
    expect(Object.values(pairs)).toEqual(["two red cards v2", "blue square"]);
  });

  test("is indexed again when a picture comes, goes or is renamed", async () => {
    const folder = write(files);
    expect(Object.keys((await contents(folder)).pairs)).toHaveLength(3);
    write({ "deep/d.png": red, "deep/d.txt": "a new card" }, folder);
    expect(Object.keys((await contents(folder)).pairs)).toContain("deep/d.png");
    await rename(join(folder, "a.png"), join(folder, "z.png"));
    expect((await contents(folder)).problems).toEqual({
      "a.txt": "has no picture of its name beside it",
      "z.png": "has no caption (z.txt is missing)",
    });
  });

  test("a changed caption is read, though the index is not made again", async () => {
    const folder = write(files);
    await contents(folder);
    write({ "a.txt": "a better caption" }, folder);
    expect((await contents(folder)).pairs["a.png"]).toBe("a better caption");
  });
});

describe("a folder of captioned pictures with something else in it", () => {
  const pictures = { "deep/a.png": red, "deep/a.txt": captions[0]!, "b.jpg": blue };
  const table = `file,text\nb.jpg,${captions[1]}\n`;

  test("is refused, and either is read when it is named", async () => {
    const tar = await tarOf({ "0.png": red, "0.txt": captions[0]! });
    const others = { "backup.tar": tar, "best.csv": table, "p.parquet": "PAR1" };
    for (const [name, content] of Object.entries(others)) {
      const folder = write({ ...pictures, [name]: content });
      await expect(openSource(folder)).rejects.toMatchObject({
        code: "bad_data",
        message: `${folder} holds ${name} beside pictures with captions of their own (such as deep/a.png); name ${name} instead of the folder, or take the captions beside the pictures with --captions files.`,
      });
      const { pairs } = await contents(folder, { captions: "files" });
      expect(pairs).toEqual({ "deep/a.png": captions[0] });
      if (name !== "p.parquet") expect((await contents(join(folder, name))).problems).toEqual({});
    }
    const folder = write({ ...pictures, "0.tar": tar, "1.tar": tar });
    await expect(openSource(folder)).rejects.toThrow(
      /holds 0\.tar, 1\.tar beside .*; move them to a folder of their own, or take/,
    );
  });

  test("is a table's where its columns are named, or what lies beside the pictures is no text", async () => {
    const expected = { "b.jpg": captions[1] };
    const folder = write({ ...pictures, "best.csv": table });
    const columns = { caption: "text" };
    expect((await contents(folder, { columns })).pairs).toEqual(expected);
    const boxes = write({ "b.jpg": blue, "b.json": "[]", "a.txt": "of none", "best.csv": table });
    expect((await contents(boxes)).pairs).toEqual(expected);
  });
});

describe("a listing", () => {
  const expected = {
    "img/a.png": captions[0],
    "img/b.jpg": captions[1],
    "img/c.webp": captions[2],
  };
  const images = { "img/a.png": red, "img/b.jpg": blue, "img/c.webp": green };

  test(".jsonl, named or as metadata.jsonl of its folder", async () => {
    const rows = Object.entries(expected).map(([file_name, text]) =>
      JSON.stringify({ file_name, text }),
    );
    const folder = write({ ...images, "metadata.jsonl": rows.join("\n") });
    expect((await contents(folder)).pairs).toEqual(expected);
    expect((await contents(join(folder, "metadata.jsonl"))).pairs).toEqual(expected);
  });

  test(".csv with quotes, line breaks in cells and other column names", async () => {
    const csv = 'Image Path;Alt\nimg/a.png;"a ""red""\ncard, indeed"\nimg/b.jpg;ein Quadrat\n';
    const folder = write({ ...images, "list.csv": csv });
    const columns = { file: "image path" };
    expect((await contents(folder, { columns })).pairs).toEqual({
      "img/a.png": 'a "red" card, indeed',
      "img/b.jpg": "ein Quadrat",
    });
  });

  test("without the columns is refused with those it has", async () => {
    const folder = write({ ...images, "list.csv": "which,words\na.png,a card\n" });
    await expect(openSource(folder)).rejects.toMatchObject({
      code: "bad_data",
      message: expect.stringMatching(
        /no column for the file \(its columns: which, words\); name it with --file-column, or take the captions beside the pictures with --captions files\.$/,
      ),
    });
    await expect(openSource(join(folder, "list.csv"))).rejects.toThrow(/--file-column\.$/);
    const columns = { file: "nope" };
    await expect(openSource(join(folder, "list.csv"), { columns })).rejects.toThrow(
      /has no column "nope" \(its columns: which, words\); name another with --file-column\.$/,
    );
  });
});

test("WebDataset shards, read at any place", async () => {
  const first = {
    "000.png": red,
    "000.txt": captions[0]!,
    "001.jpg": blue,
    "001.json": JSON.stringify({ caption: captions[1] }),
  };
  const second = { "sub/002.json": "{}", "sub/002.webp": green, "sub/002.txt": captions[2]! };
  const folder = write({
    "00000.tar": await tarOf(first),
    "00001.tar": await tarOf(second),
    "00000.parquet": "a log",
  });
  expect(await contents(folder)).toEqual({
    pairs: {
      "00000.tar/000.png": captions[0],
      "00000.tar/001.jpg": captions[1],
      "00001.tar/sub/002.webp": captions[2],
    },
    problems: {},
  });
  await using source = await openSource(folder);
  expect(await pictureBytes(source)).toEqual([red, blue, green]);
  expect(await source.read(1)).toMatchObject({ caption: captions[1] });
  expect(await contents(join(folder, "00001.tar"))).toMatchObject({
    pairs: { "00001.tar/sub/002.webp": captions[2] },
  });
});

test("a tar in the order of the disk", async () => {
  const files = {
    "./1.txt": captions[1]!,
    "./0.png": red,
    "./2.webp": green,
    "./2.json": JSON.stringify({ caption: captions[2] }),
    "./1.jpg": blue,
    "./3 of.png": red,
    "./0.json": JSON.stringify({ caption: "of another kind" }),
    "./4.txt": "of no picture",
    "./0.txt": captions[0]!,
  };
  const folder = write({ "photos.tar": await tarOf(files) });
  expect(await contents(folder)).toEqual({
    pairs: {
      "photos.tar/./0.png": captions[0],
      "photos.tar/./1.jpg": captions[1],
      "photos.tar/./2.webp": captions[2],
    },
    problems: {
      "photos.tar/./3 of.png": "has no caption (3 of.txt is missing)",
      "photos.tar/./4": "has no picture of a format that is read",
    },
  });
  await using source = await openSource(folder);
  expect(await pictureBytes(source)).toEqual([green, blue, red]);
});

describe("Parquet", () => {
  const caption = { name: "caption", data: captions, type: "STRING" as const };
  const expected = {
    "p.parquet:0": captions[0],
    "p.parquet:1": captions[1],
    "p.parquet:2": captions[2],
  };

  test("picture bytes, in row groups", async () => {
    const jpg = { name: "jpg", data: pictures, type: "BYTE_ARRAY" as const };
    const url = {
      name: "url",
      data: ["https://a", "https://b", "https://c"],
      type: "STRING" as const,
    };
    const folder = write({ "p.parquet": parquetOf([url, caption, jpg]) });
    expect(await contents(folder)).toEqual({ pairs: expected, problems: {} });
    await using source = await openSource(folder);
    expect(await pictureBytes(source)).toEqual([red, blue, green]);
    expect(await source.readCaption(2)).toEqual({ key: "p.parquet:2", caption: captions[2] });
    // What was unpacked lately is not read again.
    await rm(join(folder, "p.parquet"));
    expect(await pictureBytes(source)).toEqual([red, blue, green]);
  });

  test("paths", async () => {
    const path = {
      name: "path",
      data: ["img/a.png", "../../etc/passwd", "none.png"],
      type: "STRING" as const,
    };
    const folder = write({ "img/a.png": red, "p.parquet": parquetOf([path, caption]) });
    expect(await contents(folder)).toEqual({
      pairs: { "p.parquet:0": captions[0] },
      problems: {
        "p.parquet:1": "names a picture outside the folder of the Parquet file",
        "p.parquet:2": "does not exist",
      },
    });
  });
});
