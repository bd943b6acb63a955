/** @file The parts of a tar file, one after the other, in constant memory. */
import { createReadStream } from "node:fs";
import { extract, type Header } from "tar-stream";

export interface TarPart {
  readonly name: string;
  /** "file", "directory", "symlink" … */
  readonly type: string;
  /** Of its content. */
  readonly size: number;
  /** Where its content begins, in bytes from the start of the archive. */
  readonly offset: number;
  /** The content of parts that are wanted; empty for the others. */
  readonly content: Uint8Array;
}

/**
 * Calls `visit` for each part that is whole, and waits for it. Rejects at the first damage: the parts before it were visited.
 * `wants` decides, by name and size, whose content is held in memory.
 */
export function readTar(
  path: string,
  wants: (name: string, size: number) => boolean,
  visit: (part: TarPart) => Promise<void>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const tar = extract();
    const file = createReadStream(path, { highWaterMark: 1 << 18 });
    const fail = (error: Error) => {
      file.destroy();
      tar.destroy();
      reject(error);
    };
    // Events and not `for await`: an iterator that is not waiting when a damaged archive closes never hears of it.
    tar.on("entry", (header, stream, next) => {
      const { name, type, size } = header;
      const wanted = wants(name, size);
      const chunks: Uint8Array[] = [];
      stream.on("data", (chunk: unknown) => wanted && chunks.push(chunk as Uint8Array));
      stream.on("error", () => undefined); // the archive's own error says the same
      stream.on("end", () => {
        const content = Buffer.concat(chunks);
        visit({ name, type, size, offset: contentOffset(header), content }).then(
          () => next(),
          fail,
        );
      });
    });
    tar.on("error", fail);
    tar.on("finish", resolve);
    file.on("error", fail);
    file.pipe(tar);
  });
}

/** tar-stream says it, and its types leave it out. */
const contentOffset = (header: Header): number =>
  (header as Header & { readonly byteOffset: number }).byteOffset;
