/** @file The lines of a text file of any length, in constant memory and in whatever encoding they are. */
import { createReadStream } from "node:fs";
import { MOST_LINE_BYTES } from "./limits.js";
import { decodeText, sniffEncoding } from "./text.js";

export interface Line {
  /** From 1. */
  readonly number: number;
  /** Without its end; undefined where the line is longer than `MOST_LINE_BYTES`. */
  readonly text: string | undefined;
}

/** `onBytes` is told how much of the file has been read. */
export async function* linesOf(
  path: string,
  onBytes?: (done: number) => void,
): AsyncGenerator<Line> {
  let done = 0;
  let number = 0;
  let rest: Uint8Array = new Uint8Array(0);
  let skipping = false;
  let decode: ((bytes: Uint8Array) => string) | undefined;
  let unit = 1;
  let feed = [10];

  /** One line's bytes, or nothing of a line that was too long. */
  const line = (bytes: Uint8Array): Line => {
    number++;
    const text = skipping ? undefined : decode!(bytes).replace(/\r$/, "");
    skipping = false;
    return { number, text };
  };

  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 })) {
    if (!decode) {
      const encoding = sniffEncoding(chunk);
      decode = (bytes) => decodeText(bytes, encoding);
      if (encoding !== "utf-8") {
        unit = 2;
        feed = encoding === "utf-16le" ? [10, 0] : [0, 10];
      }
    }
    done += chunk.length;
    onBytes?.(done);
    const bytes: Uint8Array = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let start = 0;
    for (let end = find(bytes, feed, unit, start); end >= 0; end = find(bytes, feed, unit, start)) {
      yield line(bytes.subarray(start, end));
      start = end + unit;
    }
    rest = bytes.subarray(start);
    if (rest.length > MOST_LINE_BYTES) {
      skipping = true;
      // The remainder of a unit must survive, or every later unit would be read across its border.
      rest = rest.subarray(rest.length - (rest.length % unit));
    }
  }
  if (rest.length > 0 || skipping) yield line(rest);
}

/** Where `feed` next begins at a multiple of `unit` from `start`; -1 where it does not. */
function find(bytes: Uint8Array, feed: readonly number[], unit: number, start: number): number {
  if (unit === 1) return bytes.indexOf(feed[0]!, start);
  for (let at = start; at + 1 < bytes.length; at += 2) {
    if (bytes[at] === feed[0] && bytes[at + 1] === feed[1]) return at;
  }
  return -1;
}
