/** @file The whole library as one tar file: every PNG, and pictures.jsonl with a line of JSON for each. */
import { Readable } from "node:stream";
import { pack } from "tar-stream";
import type { Library } from "../library/library.js";

const PAGE = 100;

export function exportLibrary(library: Library): ReadableStream<Uint8Array> {
  const archive = pack();
  void fill().then(
    () => archive.finalize(),
    (error) => archive.destroy(error),
  );
  return Readable.toWeb(Readable.from(archive)) as ReadableStream<Uint8Array>;

  async function fill(): Promise<void> {
    const lines: string[] = [];
    for (let skip = 0; ; skip += PAGE) {
      const page = library.search({ skip, limit: PAGE });
      for (const record of page) {
        const png = await library.read(record.id);
        if (!png) continue; // deleted meanwhile
        await add(`${record.id}.png`, Buffer.from(png));
        lines.push(`${JSON.stringify({ ...record, file: `${record.id}.png` })}\n`);
      }
      if (page.length < PAGE) break;
    }
    await add("pictures.jsonl", Buffer.from(lines.join("")));
  }

  /** Waits until the reader has room, so that a large library does not fill the memory. */
  async function add(name: string, content: Buffer): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      archive.entry({ name }, content, (error) => (error ? reject(error) : resolve()));
    });
  }
}
