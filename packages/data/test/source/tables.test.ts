/** @file Tables as people write them: delimiters, quotation marks, long lines, rows of several kinds, absolute paths. */
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { contents, newFolder, picture, write } from "./fixtures.js";

let pictures: Record<string, Buffer>;
beforeAll(async () => {
  const red = await picture();
  pictures = { "a.png": red, "b.png": red, "c.png": red };
});
const tableOf = (name: string, ...rows: string[]) =>
  write({ ...pictures, [name]: `${rows.join("\n")}\n` });

describe("CSV", () => {
  test("has the one delimiter that its first line has, and captions may hold the other", async () => {
    const seen = "a red car; seen from the side";
    const commas = tableOf("list.csv", "file,text", `a.png,${seen}`, `b.png,"one, two; three"`);
    expect(await contents(commas)).toEqual({
      pairs: { "a.png": seen, "b.png": "one, two; three" },
      problems: {},
    });
    const semicolons = tableOf("list.csv", "", '"file, as named";text', "a.png;red, green, blue");
    const columns = { file: "file, as named" };
    expect((await contents(semicolons, { columns })).pairs).toEqual({
      "a.png": "red, green, blue",
    });
  });

  test("tells of a row with too many cells, and not of blank ones", async () => {
    const folder = tableOf("list.csv", "file,text", "a.png,one, two", "b.png,a card, ,", "c.png");
    expect(await contents(folder)).toEqual({
      pairs: { "b.png": "a card" },
      problems: {
        "list.csv:2":
          "has 3 cells for 2 columns; put quotation marks around a caption with the delimiter in it",
        "list.csv:4": 'has no caption in "text"',
      },
    });
  });

  test("tells of a line that is too long, and counts the lines behind it right", async () => {
    const long = `b.png,${"x".repeat(3 << 20)}`;
    const folder = tableOf("list.csv", "file,text", "a.png,a card", long, "b.png,", "c.png,last");
    expect(await contents(folder)).toEqual({
      pairs: { "a.png": "a card", "c.png": "last" },
      problems: { "list.csv:3": "is longer than 1 MB", "list.csv:4": 'has no caption in "text"' },
    });
  });

  test("a quotation mark that is never closed costs its own row alone", async () => {
    const reason =
      "begins a cell with a quotation mark that is never closed; delete the mark, or put one behind the cell too";
    const rows = ["file,text", 'a.png,"the so-called circle', "b.png,a card", "c.png,last"];
    const one = {
      pairs: { "b.png": "a card", "c.png": "last" },
      problems: { "list.csv:2": reason },
    };
    expect(await contents(tableOf("list.csv", ...rows))).toEqual(one);
    const quoted = rows.map((row) => row.replace("a card", '"a card, ""big"""'));
    expect(await contents(tableOf("list.csv", ...quoted))).toEqual({
      ...one,
      pairs: { "b.png": 'a card, "big"', "c.png": "last" },
    });
    const several = ["", '"a.png","a\ncard', "of two", 'lines"', '"b.png","open', '"c.png","last"'];
    expect(await contents(tableOf("list.csv", '"file","text"', ...several))).toEqual({
      pairs: { "a.png": "a card of two lines", "c.png": "last" },
      problems: { "list.csv:7": reason },
    });
  });

  test("inside of a line quotation marks are as people write them", async () => {
    const rows = ["file,text", 'a.png,"Stop" on a sign', 'b.png,9" wide', 'c.png,"a ""b"" c"'];
    expect(await contents(tableOf("list.csv", ...rows))).toEqual({
      pairs: { "a.png": '"Stop" on a sign', "b.png": '9" wide', "c.png": 'a "b" c' },
      problems: {},
    });
  });

  test("names of columns may have several lines, and lines may end as on an old Mac", async () => {
    const several = tableOf("list.csv", '"file', 'name";text', "a.png;one, two", "b.png;");
    const columns = { file: "file\nname" };
    const expected = { "a.png": "one, two" };
    expect(await contents(several, { columns })).toEqual({
      pairs: expected,
      problems: { "list.csv:4": 'has no caption in "text"' },
    });
    const mac = write({ ...pictures, "list.csv": 'file,text\ra.png,"one, two"\rb.png,\r' });
    expect(await contents(mac)).toEqual({
      pairs: expected,
      problems: { "list.csv:3": 'has no caption in "text"' },
    });
  });

  test("names that cannot be read are refused", async () => {
    await expect(contents(tableOf("list.csv", 'file,"text', "a.png,a card"))).rejects.toThrow(
      /list\.csv does not tell what its columns are: line 1 begins a cell .* names/,
    );
  });

  test("between tabs a quotation mark is one", async () => {
    const rows = ["file\ttext", 'a.png\t"Stop" on a sign', 'b.png\t"open', "c.png\tlast"];
    expect((await contents(tableOf("list.tsv", ...rows))).pairs).toEqual({
      "a.png": '"Stop" on a sign',
      "b.png": '"open',
      "c.png": "last",
    });
  });
});

describe("JSON lines", () => {
  test("a first row of another kind decides nothing", async () => {
    const rows = ['{"version": 2}', '{"file": "a.png", "text": "a card"}', '{"file": "b.png"}'];
    expect(await contents(tableOf("list.jsonl", ...rows))).toEqual({
      pairs: { "a.png": "a card" },
      problems: {
        "list.jsonl:1": "has no picture or no caption (its fields: version)",
        "list.jsonl:3": 'has no caption in "text"',
      },
    });
  });

  test("where no row has the columns, it is refused with those there are", async () => {
    const folder = tableOf("list.jsonl", '{"which": 1}', '{"words": 2}');
    await expect(contents(folder)).rejects.toThrow(/no column for the file \(its columns: which\)/);
  });
});

describe("absolute paths", () => {
  test("are found whether they go by a link or past it", async () => {
    const folder = write({ ...pictures });
    const link = join(newFolder(), "link");
    symlinkSync(folder, link);
    const rows = [`${link}/a.png,by the link`, `${folder}/b.png,past it`, "/etc/hosts,elsewhere"];
    write({ "list.csv": ["file,text", ...rows].join("\n") }, folder);
    const { pairs, problems } = await contents(join(link, "list.csv"));
    expect(pairs).toEqual({ "a.png": "by the link", "b.png": "past it" });
    expect(Object.values(problems)).toEqual([
      "names a picture outside the folder; give its folder as --images",
    ]);
  });

  test("and the folder of pictures may be the root", async () => {
    const folder = tableOf("list.csv", "file,text");
    write({ "list.csv": `file,text\n${folder}/a.png,a card\n` }, folder);
    const { pairs } = await contents(join(folder, "list.csv"), { images: "/" });
    expect(Object.values(pairs)).toEqual(["a card"]);
  });
});
