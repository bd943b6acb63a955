/** @file The whole library as one tar file: every PNG, and pictures.jsonl with a line of JSON for each. */
import { Readable } from "node:stream";
import { pack } from "tar-stream";
import type { Library } from "../library/library.js";

/** As it was when this was called, without what is deleted meanwhile. */
export function exportLibrary(library: Library): ReadableStream<Uint8Array> {
  const archive = pack();
  const ids = library.ids();
  void fill().then(
    () => archive.finalize(),
    (error) => archive.destroy(error),
  );
  return Readable.toWeb(Readable.from(archive)) as ReadableStream<Uint8Array>;

  async function fill(): Promise<void> {
    const lines: string[] = [];
    for (const id of ids) {
      const record = library.get(id);
      const png = record && (await library.read(id));
      if (!png) continue;
      const file = `${id}.png`;
      await add(file, Buffer.from(png));
      lines.push(`${JSON.stringify({ ...record, file })}\n`);
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
