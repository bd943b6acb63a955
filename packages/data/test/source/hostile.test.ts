/**
 * @file Sources made by accident or malice: what is wrong is skipped and told, nothing crashes, hangs or is left out
 * silently.
 */
import { execFileSync } from "node:child_process";
import { appendFileSync, symlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { isProblem, openSource, requireRecords, surveySource } from "../../src/index.js";
import { contents, newFolder, parquetOf, picture, tarOf, write } from "./fixtures.js";

let red: Buffer;
beforeAll(async () => {
  red = await picture();
});

/** A PNG of one colour that says it is width × height: a few kilobytes, whatever its size. */
function bombPng(width: number, height: number): Buffer {
  const chunk = (type: string, data: Uint8Array) => {
    const typed = Buffer.concat([Buffer.from(type), data]);
    const whole = Buffer.alloc(typed.length + 8);
    whole.writeUInt32BE(data.length);
    typed.copy(whole, 4);
    whole.writeUInt32BE(crc32(typed), typed.length + 4);
    return whole;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header.set([1, 0], 8); // 1 bit a pixel, grey
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height));
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", data),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

async function survey(path: string) {
  await using source = await openSource(path);
  const { pairs, problems } = await surveySource(source);
  return {
    pairs,
    problems: Object.fromEntries(problems.list.map(({ file, reason }) => [file, reason])),
  };
}

describe("pictures", () => {
  test("damaged, empty, mislabelled and enormous ones are listed with their reasons", async () => {
    const caption = "a red card";
    const bad = {
      empty: Buffer.alloc(0),
      cut: red.subarray(0, red.length - 20),
      text: Buffer.from("this is no picture"),
      enormous: bombPng(30_000, 30_000),
      bomb: bombPng(2_000, 2_000).fill(7, 60, 90),
      drawing: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    };
    const files = Object.entries(bad).flatMap(([name, bytes]) => [
      [`${name}.png`, bytes],
      [`${name}.txt`, caption],
    ]);
    const folder = write({
      ...Object.fromEntries(files),
      "good.png": red,
      "good.txt": caption,
      "new.heic": "x",
    });
    const before = process.memoryUsage().rss;
    const { pairs, problems } = await survey(folder);
    expect(pairs).toBe(1);
    expect(problems).toEqual({
      "bomb.png": expect.stringMatching(/^is damaged or cut short \(/),
      "cut.png": expect.stringMatching(/^is damaged or cut short \(/),
      "drawing.png": "is of the format svg; save it as PNG",
      "empty.png": "is not a picture of a format that is read",
      "enormous.png": "has 30000 × 30000 pixels, and 100 million are allowed",
      "new.heic": "is of a format that is not read; save it as PNG",
      "text.png": "is not a picture of a format that is read",
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(250 * 2 ** 20);
  });

  test("a picture of a hundred million pixels is read without holding it", async () => {
    const folder = write({ "a.png": bombPng(9_990, 9_990), "a.txt": "a large black square" });
    expect(await survey(folder)).toEqual({ pairs: 1, problems: {} });
  });

  test("a named pipe and a folder with a picture's name are no pictures, and nobody waits for them", async () => {
    const folder = write({ "b.png/inside.txt": "x", "a.txt": "a pipe", "b.txt": "a folder" });
    execFileSync("mkfifo", [join(folder, "a.png")]);
    expect(await contents(folder)).toEqual({
      pairs: {},
      problems: { "a.png": "is not a file", "b.png": "is not a file" },
    });
  });

  test("one that changes or goes after the index was made", async () => {
    const folder = write({ "a.tar": await tarOf({ "0.png": red, "0.txt": "a card" }) });
    await using source = await openSource(folder);
    write({ "a.tar": "short" }, folder);
    expect(await source.read(0)).toEqual({
      file: "a.tar/0.png",
      reason: "is cut off: its shard became shorter",
    });
  });

  test("one that is written to while it is read", async () => {
    const folder = write({
      "a.png": Buffer.concat([red, Buffer.alloc(64 << 20)]),
      "a.txt": "a card",
    });
    await using source = await openSource(folder);
    const reading = source.read(0);
    const writer = setInterval(() => appendFileSync(join(folder, "a.png"), "more"), 0);
    try {
      expect(await reading).toEqual({ file: "a.png", reason: "changed while it was read" });
    } finally {
      clearInterval(writer);
    }
  });
});

describe("captions", () => {
  test("in any encoding say what they say", async () => {
    const text = "ein grünes Feld – “groß”";
    const utf16 = Buffer.from(text, "utf16le");
    const files = {
      utf8: Buffer.from(text),
      marked: Buffer.from(`\ufeff${text}`),
      little: Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]),
      big: Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()]),
      bare: Buffer.from("a green field, wide", "utf16le"),
      latin: Buffer.from([...Buffer.from("ein gr"), 0xfc, ...Buffer.from("nes Feld")]),
    };
    const folder = write(
      Object.fromEntries(
        Object.entries(files).flatMap(([name, bytes]) => [
          [`${name}.txt`, bytes],
          [`${name}.png`, red],
        ]),
      ),
    );
    expect((await contents(folder)).pairs).toEqual({
      "bare.png": "a green field, wide",
      "big.png": text,
      "latin.png": "ein grünes Feld",
      "little.png": text,
      "marked.png": text,
      "utf8.png": text,
    });
  });

  test("in a listing in UTF-16 and in one with Latin-1 lines", async () => {
    const row = (file: string, text: string) => `${JSON.stringify({ file, text })}\r\n`;
    const rows = row("a.png", "ein grünes Feld") + row("b.png", "zwei Felder");
    const both = { "a.png": "ein grünes Feld", "b.png": "zwei Felder" };
    for (const bytes of [
      Buffer.from(`\ufeff${rows}`, "utf16le"),
      Buffer.from(rows, "latin1"),
      Buffer.from(`\ufeff${rows}`),
    ]) {
      const folder = write({ "a.png": red, "b.png": red, "list.jsonl": bytes });
      expect(await contents(folder)).toEqual({ pairs: both, problems: {} });
    }
    const csv = Buffer.from(
      "\ufefffile,text\r\na.png,ein grünes Feld\r\nb.png,zwei Felder\r\n",
      "utf16le",
    );
    expect((await contents(write({ "a.png": red, "b.png": red, "l.csv": csv }))).pairs).toEqual(
      both,
    );
  });

  test("empty, missing, endless or not of their format", async () => {
    const folder = write({
      "a.png": red,
      "b.png": red,
      "b.txt": " \n\t ",
      "c.png": red,
      "c.json": '{"caption": null}',
      "d.png": red,
      "d.json": "{",
      "e.png": red,
      "e.txt": "x".repeat(70_000),
      "f.png": red,
      "f.json": '{"url": "u"}',
    });
    expect(await contents(folder)).toEqual({
      pairs: {},
      problems: {
        "a.png": "has no caption (a.txt is missing)",
        "b.txt": "is empty, so its picture has no caption",
        "c.json": "is empty, so its picture has no caption",
        "d.json": "is not valid JSON",
        "e.txt": "has 68 kB, and 64 kB are allowed",
        "f.json": "holds no caption (its fields: url)",
      },
    });
  });
});

describe("folders", () => {
  test("links in circles are followed once", async () => {
    const folder = write({ "in/a.png": red, "in/a.txt": "a card" });
    symlinkSync("..", join(folder, "in", "up"));
    symlinkSync("self", join(folder, "self"));
    symlinkSync("nowhere", join(folder, "b.png"));
    write({ "b.txt": "lost" }, folder);
    expect(await contents(folder)).toEqual({
      pairs: { "in/a.png": "a card" },
      problems: {
        "in/up": "is a link to a folder that is read already",
        "b.png": "does not exist",
      },
    });
  });

  test("without a pair are refused, with what was seen and the next step", async () => {
    const folder = write({ "a.png": red, "b.jpg": red, "c.text": "a card" });
    await using source = await openSource(folder);
    await expect(requireRecords(source)).rejects.toMatchObject({
      code: "bad_data",
      message: `${folder} holds no picture with a caption (a.png has no caption (a.txt is missing); b.jpg has no caption (b.txt is missing)); put cat.txt beside cat.jpg, or see \`dalle data check --help\` for the other layouts.`,
    });
    await using nothing = await openSource(newFolder());
    await expect(requireRecords(nothing)).rejects.toThrow(/holds no picture with a caption; put/);
  });

  test("that do not exist, and files of another kind, are refused", async () => {
    await expect(openSource("/nowhere/at/all")).rejects.toMatchObject({ code: "not_found" });
    const folder = write({ "a.zip": "PK" });
    await expect(openSource(join(folder, "a.zip"))).rejects.toMatchObject({ code: "bad_data" });
  });
});

describe("listings", () => {
  test("rows that lead away, are broken or have nothing are told by line", async () => {
    const rows = [
      '{"file": "a.png", "text": "a card"}',
      "{broken",
      "[1, 2]",
      '{"file": "../secret.png", "text": "a secret"}',
      '{"file": "/etc/passwd", "text": "another"}',
      '{"file": "link.png", "text": "a link to outside"}',
      '{"file": "https://example.org/a.png", "text": "on the web"}',
      '{"file": "a.png"}',
      '{"text": "nothing"}',
      `{"file": "a.png", "text": "${"x".repeat(3 << 20)}"}`,
      '{"file": "a.png", "text": "again"}',
    ];
    const folder = write({ "a.png": red, "list.jsonl": rows.join("\n") });
    const outside = write({ "secret.png": red });
    symlinkSync(join(outside, "secret.png"), join(folder, "link.png"));
    const reason = "names a picture outside the folder; give its folder as --images";
    expect(await contents(folder)).toEqual({
      pairs: { "a.png": "a card\nagain" },
      problems: {
        "list.jsonl:2": "is not a JSON object",
        "list.jsonl:3": "is not a JSON object",
        "list.jsonl:4": reason,
        "list.jsonl:5": reason,
        "list.jsonl:7":
          "names a picture on the web; download the pictures first (img2dataset does it)",
        "list.jsonl:8": 'has no caption in "text"',
        "list.jsonl:9": 'names no picture in "file"',
        "list.jsonl:10": "is longer than 1 MB",
        "link.png": "leads out of the folder of pictures",
      },
    });
  });

  test("a CSV whose quote never closes tells so, and takes no memory for it", async () => {
    const csv = `file,text\na.png,a card\nb.png,"open ${`${"x".repeat(1000)}\n`.repeat(5000)}a.png,last\n`;
    const { pairs, problems } = await contents(write({ "a.png": red, "l.csv": csv }));
    expect(pairs).toEqual({ "a.png": "a card\nlast" });
    expect(Object.keys(problems)).toHaveLength(5000);
    expect(problems["l.csv:3"]).toMatch(
      /^begins a cell with a quotation mark that is never closed/,
    );
  });
});

describe("shards", () => {
  const sample = (number: number) => ({
    [`${number}.png`]: red,
    [`${number}.txt`]: `card ${number}`,
  });

  test("cut short at any place give what is whole, and say so", async () => {
    const whole = await tarOf({ ...sample(0), ...sample(1), ...sample(2) });
    // Each part is 512 bytes of header and 512 of content; the picture of sample n ends at n · 2048 + 1024.
    const lengths = { 5000: 2, 4600: 2, 2748: 1, 2148: 1, 1900: 1, 1538: 0, 1500: 0, 511: 0, 1: 0 };
    for (const [length, pairCount] of Object.entries(lengths)) {
      const folder = write({ "a.tar": whole.subarray(0, Number(length)) });
      const { pairs, problems } = await contents(folder);
      expect(Object.keys(pairs)).toHaveLength(pairCount);
      expect(problems["a.tar"]).toMatch(/^is cut short or damaged/);
    }
  });

  test("damaged, empty or of another kind", async () => {
    const good = await tarOf(sample(0));
    const damaged = Buffer.from(await tarOf({ ...sample(1), ...sample(2) }));
    damaged.fill(0xaa, 2048, 2100);
    const folder = write({
      "a.tar": good,
      "b.tar": "",
      "c.tar": "x".repeat(2000),
      "d.tar": damaged,
    });
    const { pairs, problems } = await contents(folder);
    expect(pairs).toEqual({ "a.tar/0.png": "card 0", "d.tar/1.png": "card 1" });
    expect(Object.keys(problems)).toEqual(["b.tar", "c.tar", "d.tar"]);
  });

  test("names that lead out, missing parts and parts that are too long", async () => {
    const folder = write({
      "a.tar": await tarOf({
        "../../etc/evil.png": red,
        "/elsewhere/evil.png": red,
        ...sample(0),
        "1.png": red,
        "2.txt": "no picture",
        "3.png": red,
        "3.txt": "x".repeat(70_000),
      }),
    });
    expect(await contents(folder)).toEqual({
      pairs: { "a.tar/0.png": "card 0" },
      problems: {
        "a.tar/../../etc/evil.png": "has a name that leads out of its folder",
        "a.tar//elsewhere/evil.png": "has a name that leads out of its folder",
        "a.tar/1.png": "has no caption (1.txt is missing)",
        "a.tar/2": "has no picture of a format that is read",
        "a.tar/3.txt": "has 68 kB, and 64 kB are allowed",
      },
    });
  });

  test("are indexed again when they change", async () => {
    const folder = write({ "a.tar": await tarOf(sample(0)) });
    await contents(folder);
    write({ "a.tar": await tarOf(sample(7)) }, folder);
    utimesSync(join(folder, "a.tar"), 1, 1);
    expect((await contents(folder)).pairs).toEqual({ "a.tar/7.png": "card 7" });
    write({ "b.tar": await tarOf(sample(8)) }, folder);
    expect(Object.keys((await contents(folder)).pairs)).toHaveLength(2);
  });
});

describe("Parquet", () => {
  const jpg = () => ({ name: "jpg", data: [red, red, null], type: "BYTE_ARRAY" as const });
  const caption = {
    name: "caption",
    data: ["a card", null, "no picture"],
    type: "STRING" as const,
  };

  test("cells that are missing are told by row", async () => {
    const folder = write({ "a.parquet": parquetOf([jpg(), caption]) });
    expect(await contents(folder)).toEqual({
      pairs: { "a.parquet:0": "a card" },
      problems: { "a.parquet:1": "has no caption", "a.parquet:2": "holds no picture" },
    });
  });

  test("files that are cut short, flipped or something else", async () => {
    const whole = parquetOf([jpg(), caption]);
    const middle = Buffer.from(whole).fill(0xff, 4, 60);
    const folder = write({
      "a.parquet": whole.subarray(0, 200),
      "b.parquet": "PAR1 not",
      "c.parquet": middle,
      "d.parquet": whole,
    });
    const { pairs, problems } = await contents(folder);
    expect(Object.keys(pairs)).toContain("d.parquet:0");
    expect(Object.keys(problems)).toEqual(
      expect.arrayContaining(["a.parquet", "b.parquet", "c.parquet:0"]),
    );
  });

  test("addresses on the web are no pictures", async () => {
    const url = {
      name: "url",
      data: ["https://a/b.jpg", "http://c", "https://d"],
      type: "STRING" as const,
    };
    await using source = await openSource(write({ "a.parquet": parquetOf([url, caption]) }));
    const record = await source.read(0);
    expect(isProblem(record) && record.reason).toMatch(
      /is on the web; download the pictures first/,
    );
  });
});
