/** @file The library: what it keeps and finds, and that nothing half-written survives a killed process. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { ReadableStream as WebStream } from "node:stream/web";
import { fileURLToPath } from "node:url";
import Database from "libsql";
import sharp from "sharp";
import { extract } from "tar-stream";
import { build } from "vite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { PictureDatabase } from "../src/library/database.js";
import { Library } from "../src/library/library.js";
import { exportLibrary } from "../src/studio/export-library.js";
import { examplePng } from "./support/server.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "dalle-library-"));
});
afterEach(() => rm(folder, { recursive: true }));

const picture = (caption: string, more: object = {}) => ({
  request: "r",
  kind: "generation" as const,
  caption,
  seed: 2 ** 52,
  settings: { topP: 0.9 },
  model: "tiny",
  modelHash: "h",
  width: 64,
  height: 64,
  ...more,
});

test("finds by words of the caption and by favourites, newest first", async () => {
  using library = Library.open(folder);
  const png = await examplePng();
  for (const caption of ["a red ball", "a 100% blue Ball", "a cone"]) {
    await library.add(Library.newId(), picture(caption), png);
  }
  const captions = (search: object) => library.search(search).map(({ caption }) => caption);
  expect(captions({})).toEqual(["a cone", "a 100% blue Ball", "a red ball"]);
  expect(captions({ words: "ball  BLUE" })).toEqual(["a 100% blue Ball"]);
  expect(captions({ words: "100%" })).toEqual(["a 100% blue Ball"]);
  expect(captions({ words: "_" })).toEqual([]);
  expect(captions({ skip: 1, limit: 1 })).toEqual(["a 100% blue Ball"]);
  const [newest] = library.search({});
  expect(library.setFavourite(newest!.id, true)).toBe(true);
  expect(captions({ favourites: true })).toEqual(["a cone"]);
  expect(library.get(newest!.id)).toMatchObject({ ...picture("a cone"), favourite: true });
});

test("keeps pictures when it is opened again, and a deleted one is gone with its file", async () => {
  const png = await examplePng();
  const [kept, deleted] = [Library.newId(), Library.newId()];
  {
    using library = Library.open(folder);
    await library.add(kept, picture("a", { score: 0.25 }), png);
    await library.add(deleted, picture("b"), png);
    expect(await library.delete(deleted)).toBe(true);
    expect(await library.delete(deleted)).toBe(false);
    expect(await library.read(deleted)).toBeUndefined();
  }
  using library = Library.open(folder);
  expect(library.search({})).toMatchObject([{ id: kept, score: 0.25 }]);
  expect(Buffer.from((await library.read(kept))!)).toEqual(png);
  expect(readdirSync(join(folder, "pictures"))).toEqual([`${kept}.png`]);
});

test("removes what has no record, and records whose file is gone", async () => {
  const [gone, kept] = [Library.newId(), Library.newId()];
  {
    using library = Library.open(folder);
    for (const id of [gone, kept]) await library.add(id, picture("a"), await examplePng());
  }
  const file = (name: string) => join(folder, "pictures", name);
  await rm(file(`${gone}.png`));
  const leftOver = Library.newId();
  for (const name of [`${leftOver}.png`, `${kept}.png.0123abcd.partial`]) {
    await writeFile(file(name), "x");
  }
  using library = Library.open(folder);
  expect(library.search({})).toMatchObject([{ id: kept }]);
  expect(readdirSync(join(folder, "pictures"))).toEqual([`${kept}.png`]);
});

test("what others have in a folder of pictures stays", async () => {
  const pictures = join(folder, "pictures");
  const folders = ["holiday", `${Library.newId()}.png`];
  for (const name of folders) await mkdir(join(pictures, name), { recursive: true });
  const files = ["left-over.png", "0123.png", `${Library.newId()}.jpeg`, "notes.partial"];
  for (const name of files) await writeFile(join(pictures, name), "x");
  using library = Library.open(folder);
  expect(library.search({})).toEqual([]);
  expect(readdirSync(pictures).sort()).toEqual([...folders, ...files].sort());
});

test("pictures whose database is gone are not taken for left-overs", async () => {
  const id = Library.newId();
  {
    using library = Library.open(folder);
    await library.add(id, picture("a"), await examplePng());
  }
  await rename(join(folder, "library.db"), join(folder, "moved.db"));
  expect(() => Library.open(folder)).toThrow(
    /^There are pictures in .* no .*library\.db that lists them; put that file back, or choose .* --data\.$/,
  );
  await rename(join(folder, "moved.db"), join(folder, "library.db"));
  using library = Library.open(folder);
  expect(library.search({})).toMatchObject([{ id }]);
});

test("records whose pictures are all away, as on a disk that is not there, are not forgotten", async () => {
  const id = Library.newId();
  {
    using library = Library.open(folder);
    await library.add(id, picture("a"), await examplePng());
  }
  const pictures = join(folder, "pictures");
  await rename(pictures, `${pictures}-away`);
  expect(() => Library.open(folder)).toThrow(
    /library\.db lists pictures of which .*pictures has none; put them back .* --data\.$/,
  );
  await rm(pictures, { recursive: true }); // it was created anew
  await rename(`${pictures}-away`, pictures);
  using library = Library.open(folder);
  expect(library.search({})).toMatchObject([{ id }]);
});

test("of a picture whose record cannot be written no file is left", async () => {
  using library = Library.open(folder);
  const id = Library.newId();
  const unspeakable = picture("a", { seed: undefined });
  await expect(library.add(id, unspeakable, await examplePng())).rejects.toThrow();
  expect(readdirSync(join(folder, "pictures"))).toEqual([]);
});

test("an export has every picture once, though one is deleted meanwhile", async () => {
  using library = Library.open(folder);
  const png = await examplePng(8);
  const ids = Array.from({ length: 102 }, () => Library.newId());
  await Promise.all(ids.map((id) => library.add(id, picture("a"), png)));
  const [newest] = library.search({ limit: 1 });
  const exported = exportLibrary(library);
  await library.delete(newest!.id);
  const names: string[] = [];
  const archive = Readable.fromWeb(exported as WebStream).pipe(extract());
  for await (const entry of archive) {
    names.push(entry.header.name);
    entry.resume();
  }
  const others = ids.filter((id) => id !== newest!.id).map((id) => `${id}.png`);
  expect(
    names.filter((name) => name.endsWith(".png") && !name.startsWith(newest!.id)).sort(),
  ).toEqual(others.sort());
});

test("a second server on the same folder is told so, and a damaged file too", async () => {
  {
    using _library = Library.open(folder);
    expect(() => Library.open(folder)).toThrow(
      /^The library in .* is in use by another server; stop that one, or choose another folder with --data\.$/,
    );
  }
  const damaged = join(folder, "damaged");
  await mkdir(damaged);
  await writeFile(join(damaged, "library.db"), "this is no database at all".repeat(100));
  expect(() => Library.open(damaged)).toThrow(
    /cannot be opened .* move its folder away, or choose another one/,
  );
  await writeFile(join(folder, "file"), "");
  expect(() => Library.open(join(folder, "file"))).toThrow(
    /cannot be created .* choose another one/,
  );
});

test("a lock that cannot be opened is not called another server", async () => {
  await mkdir(join(folder, "lock.db"));
  expect(() => Library.open(folder)).toThrow(
    /^The library's lock .*lock\.db cannot be opened \(.*\); see that this program may write there, or choose/,
  );
});

test("a library of a newer version is left as it is", async () => {
  Library.open(folder)[Symbol.dispose]();
  const say = (version: number) => {
    const database = new Database(join(folder, "library.db"));
    database.exec(`PRAGMA user_version = ${version}`);
    database.close();
  };
  say(2);
  expect(() => Library.open(folder)).toThrow(/written by a newer version .* install that one/);
  say(1);
  Library.open(folder)[Symbol.dispose]();
});

test("no name that is not one of its own reaches a file", async () => {
  using library = Library.open(folder);
  for (const id of ["../library.db", "", "x".repeat(32), `${"0".repeat(32)}.png`]) {
    expect(await library.read(id)).toBeUndefined();
    expect(await library.delete(id)).toBe(false);
  }
  expect(existsSync(join(folder, "library.db"))).toBe(true);
});

/** The writer as one JavaScript file: it starts in a tenth of the time that its sources take. */
async function bundledWriter(): Promise<string> {
  const outDir = fileURLToPath(new URL("../dist/test", import.meta.url));
  await build({
    configFile: false,
    logLevel: "error",
    resolve: { conditions: ["@dalle-ts/source"] },
    ssr: { noExternal: [/^(@dalle-ts|dalle-ts)/], resolve: { conditions: ["@dalle-ts/source"] } },
    build: {
      outDir,
      emptyOutDir: true,
      minify: false,
      ssr: fileURLToPath(new URL("./support/library-writer.ts", import.meta.url)),
    },
  });
  return join(outDir, "library-writer.js");
}

test("killed 50 times while it writes: every listed picture is there and whole", async () => {
  const png = (await examplePng(8)).toString("base64");
  const program = await bundledWriter();
  const counts: number[] = [];
  for (let round = 0; round < 50; round++) {
    const child = fork(program, [folder, png], { execArgv: [] });
    await once(child, "message"); // its first picture is there, and more are being written
    await new Promise((resolve) => setTimeout(resolve, (round * 7) % 60));
    child.kill("SIGKILL");
    await once(child, "exit");
    // Before the library repairs anything: no record without its file.
    const database = new PictureDatabase(join(folder, "library.db"));
    for (const id of database.ids())
      expect(readdirSync(join(folder, "pictures"))).toContain(`${id}.png`);
    database.close();
    using library = Library.open(folder);
    const records = library.search({ limit: 1e6 });
    counts.push(records.length);
    for (const { id } of records.slice(0, 20)) {
      const file = readFileSync(join(folder, "pictures", `${id}.png`));
      expect((await sharp(file).raw().toBuffer()).length).toBe(8 * 8 * 4);
    }
    const files = readdirSync(join(folder, "pictures"));
    expect(files.sort()).toEqual(records.map(({ id }) => `${id}.png`).sort());
  }
  expect(counts.at(-1)!).toBeGreaterThanOrEqual(50);
  expect(counts).toEqual([...counts].sort((a, b) => a - b)); // nothing that was listed is lost
});
