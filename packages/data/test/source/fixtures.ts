/** @file Small sources of every kind, in folders of their own, and pictures to put in them. */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parquetWriteBuffer } from "hyparquet-writer";
import sharp from "sharp";
import { pack } from "tar-stream";
import { afterAll } from "vitest";
import { isProblem, openSource, type PictureSource, type Problem } from "../../src/index.js";

/** All folders of a test file. Removed from here, since `afterAll` inside of a test is never called. */
const root = mkdtempSync(join(tmpdir(), "dalle-data-"));
afterAll(() => rm(root, { recursive: true, force: true }));

/** An empty folder, removed at the end of the test file. */
export const newFolder = (): string => mkdtempSync(join(root, "f-"));

/** All indexes of a test file go there. */
process.env.XDG_CACHE_HOME = newFolder();

export async function picture(
  width = 12,
  height = 8,
  colour = "red",
  format: "png" | "jpeg" | "webp" = "png",
): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: colour } })
    .toFormat(format)
    .toBuffer();
}

export type Files = Readonly<Record<string, Uint8Array | string>>;

/** Writes files into a new folder, or into `folder`. */
export function write(files: Files, folder = newFolder()): string {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return folder;
}

export async function tarOf(files: Files): Promise<Buffer> {
  const tar = pack();
  for (const [name, content] of Object.entries(files)) tar.entry({ name }, Buffer.from(content));
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

type Column = Parameters<typeof parquetWriteBuffer>[0]["columnData"][number];

export function parquetOf(columnData: Column[], rowGroupSize = 2): Buffer {
  return Buffer.from(parquetWriteBuffer({ columnData, rowGroupSize }));
}

export interface Contents {
  readonly pairs: Record<string, string>;
  readonly problems: Record<string, string>;
}

/** Everything that a source gives, problems of reading included. */
export async function contents(
  path: string,
  options?: Parameters<typeof openSource>[1],
): Promise<Contents> {
  await using source = await openSource(path, options);
  const found: Contents = { pairs: {}, problems: {} };
  const fail = ({ file, reason }: Problem) => {
    found.problems[file.replace(`${path}/`, "")] = reason;
  };
  for await (const problem of source.problems()) fail(problem);
  for (let index = 0; index < source.count; index++) {
    const record = await source.read(index);
    if (isProblem(record)) fail(record);
    else found.pairs[record.key] = record.caption;
  }
  return found;
}

/** Bytes of each record's picture, in order. */
export async function pictureBytes(source: PictureSource): Promise<Buffer[]> {
  const all: Buffer[] = [];
  for (let index = 0; index < source.count; index++) {
    const record = await source.read(index);
    if (!isProblem(record)) all.push(Buffer.from(record.bytes));
  }
  return all;
}
