/** @file Several captions of one picture: in every format that has them, in what is made of it, and in what is told of it. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import {
  captionLines,
  drawCaption,
  encodeSource,
  openSource,
  packSource,
  Random,
  surveySource,
} from "../../src/index.js";
import { contents, newFolder, parquetOf, picture, tarOf, write } from "./fixtures.js";

const two = "a red card\na card on a table";
let red: Buffer;
beforeAll(async () => {
  red = await picture();
});

test("a text file has one a line; others a list", async () => {
  const lines = "  a red card \r\n\r\na card on\ta table\n";
  const list = JSON.stringify({ captions: ["a red card", " ", "a card on a table", 5] });
  const folder = write({ "a.png": red, "a.txt": lines, "b.png": red, "b.json": list });
  expect((await contents(folder)).pairs).toEqual({ "a.png": two, "b.png": two });

  const row = JSON.stringify({ file_name: "a.png", captions: ["a red card", "a card on a table"] });
  const table = write({ "a.png": red, "metadata.jsonl": row });
  expect((await contents(table)).pairs).toEqual({ "a.png": two });

  const shard = join(newFolder(), "00000.tar");
  write({ "00000.tar": await tarOf({ "0.png": red, "0.txt": lines }) }, join(shard, ".."));
  expect((await contents(shard)).pairs).toEqual({ "00000.tar/0.png": two });

  const cells = [["a red card", "a card on a table"]];
  const columns = [
    { name: "jpg", data: [red], type: "BYTE_ARRAY" as const },
    { name: "captions", data: cells, type: "JSON" as const },
  ];
  const parquet = write({ "p.parquet": parquetOf(columns) });
  expect((await contents(parquet)).pairs).toEqual({ "p.parquet:0": two });
});

test("rows of a table that name one picture are one record, where the first of them is", async () => {
  const rows = [
    ...["file,text", "b.png,a red card", "a.png,another", "b.png,a card on a table", "c.png,third"],
    ...["a.png,", "b.png,a red card"],
  ];
  const folder = write({ "a.png": red, "b.png": red, "c.png": red, "l.csv": rows.join("\n") });
  const { pairs, problems } = await contents(folder);
  expect(Object.entries(pairs)).toEqual([
    ["b.png", `${two}\na red card`],
    ["a.png", "another"],
    ["c.png", "third"],
  ]);
  expect(problems).toEqual({ "l.csv:6": 'has no caption in "text"' });
  await using source = await openSource(folder);
  expect(source.count).toBe(3);
});

test("of very many rows that name one picture all is taken that fits", async () => {
  const row = `a.png,${"x".repeat(999)}`;
  const table = ["file,text", ...Array.from({ length: 70 }, () => row), "a.png,short"].join("\n");
  const folder = write({ "a.png": red, "l.csv": table });
  const { pairs, problems } = await contents(folder);
  expect(captionLines(pairs["a.png"]!)).toHaveLength(66);
  expect(Object.keys(problems)).toHaveLength(5);
  expect(problems["l.csv:67"]).toBe(
    "has a caption too many: those of its picture have more than 64 kB together",
  );
});

test("are counted one by one, and packed but for those that are filtered out", async () => {
  const folder = write({
    "a.png": red,
    "a.txt": two,
    "b.png": await picture(9, 9, "blue"),
    "b.txt": "blue\na blue square here\n2021",
    "c.png": red,
    "c.txt": "card",
  });
  await using source = await openSource(folder);
  expect(await surveySource(source)).toMatchObject({
    pairs: 3,
    captions: 6,
    filtered: { short: 3, boilerplate: 1 },
    caption: { words: { smallest: 1, largest: 5 } },
  });
  const packed = newFolder();
  const filters = ["short", "boilerplate"] as const;
  expect(await packSource(source, packed, { size: 8, filters })).toMatchObject({
    samples: 2,
    skipped: 1,
  });
  expect(Object.values((await contents(packed)).pairs)).toEqual([two, "a blue square here"]);

  const codes = newFolder();
  const encoder = {
    sha256: "ab12",
    imageSize: 8,
    gridSide: 1,
    codes: 4,
    encode: async (_: Uint8Array, count: number) => new Uint16Array(count),
  };
  await encodeSource(source, encoder, codes);
  const [first] = (await readFile(join(codes, "00000.jsonl"), "utf8")).split("\n");
  expect(JSON.parse(first!)).toEqual({ key: "a.png", caption: two });
});

test("each is drawn, and of a single one nothing is", () => {
  const random = new Random(1, 2);
  const drawn = Array.from({ length: 100 }, () => drawCaption(two, random));
  for (const line of captionLines(two))
    expect(drawn.filter((each) => each === line).length).toBeGreaterThan(30);
  const [one, other] = [new Random(1, 2), new Random(1, 2)];
  expect(drawCaption("a card", one)).toBe("a card");
  expect(one.next()).toBe(other.next());
});
