/**
 * @file Key and value pairs inside a PNG file: one iTXt chunk (UTF-8, not compressed) per pair, right after the header.
 * Image viewers show them; the pixels do not change. Bytes in, bytes out; works in Node and in the browser.
 */
import { badOption, DalleError } from "@dalle-ts/tensor";

/** Keys have 1 to 79 printable ASCII characters, no space at either end; values are any text. */
export type PngMetadata = Readonly<Record<string, string>>;

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
  /** Offsets of its first byte, and of the byte after it. */
  readonly start: number;
  readonly end: number;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const KEYWORD = /^(?! )[\x20-\x7e]{1,79}(?<! )$/;

/** Chunks that begin with a key. */
const TEXT_CHUNKS = ["iTXt", "tEXt", "zTXt"];

/** A copy of the PNG with the pairs added, in the order of the object; what it had under their keys is left out. */
export function insertPngMetadata(png: Uint8Array, metadata: PngMetadata): Uint8Array<ArrayBuffer> {
  const texts = Object.entries(metadata).map(([key, value]) =>
    makeChunk("iTXt", textData(key, value)),
  );
  const parts: Uint8Array[] = [];
  let taken = 0;
  for (const { type, data, start, end } of readChunks(png)) {
    if (parts.length === 0) {
      parts.push(png.subarray(0, end), ...texts); // the header comes first
      taken = end;
    } else if (TEXT_CHUNKS.includes(type) && Object.hasOwn(metadata, keyOf(data))) {
      parts.push(png.subarray(taken, start));
      taken = end;
    }
    if (type === "IEND") return concatenate([...parts, png.subarray(taken)]);
  }
  throw notPng("it ends early");
}

/** Of a text chunk; "" where it has none. */
function keyOf(data: Uint8Array): string {
  const longest = data.subarray(0, 80);
  return String.fromCharCode(...longest.subarray(0, Math.max(0, longest.indexOf(0))));
}

/** The pairs of every uncompressed iTXt chunk; {} for a PNG without. A damaged file is a `bad_file` error. */
export function readPngMetadata(png: Uint8Array): Record<string, string> {
  const pairs: Array<[string, string]> = [];
  for (const { type, data } of readChunks(png)) {
    if (type === "IEND") return Object.fromEntries(pairs);
    const pair = type === "iTXt" ? parseText(data) : undefined;
    if (pair) pairs.push(pair);
  }
  throw notPng("it ends early");
}

/** The text under `key` in front of the pixels of a PNG, of which `head` is the beginning; undefined where there is none. */
export function findPngText(head: Uint8Array, key: string): string | undefined {
  try {
    for (const { type, data } of readChunks(head)) {
      const pair = type === "iTXt" ? parseText(data) : undefined;
      if (pair?.[0] === key) return pair[1];
    }
  } catch {} // it ends within a chunk, or is no PNG
  return undefined;
}

/** keyword, 0, compressed? 0, method 0, language "" 0, translated keyword "" 0, text */
function textData(key: string, value: string): Uint8Array {
  if (!KEYWORD.test(key)) {
    throw badOption("metadata key", "1 to 79 printable ASCII characters without outer spaces", key);
  }
  const utf8 = new TextEncoder();
  return concatenate([utf8.encode(key), new Uint8Array(5), utf8.encode(value)]);
}

function parseText(data: Uint8Array): [string, string] | undefined {
  const keyEnd = data.indexOf(0);
  const languageEnd = data.indexOf(0, keyEnd + 3);
  const translatedEnd = data.indexOf(0, languageEnd + 1);
  const isCompressed = data[keyEnd + 1] !== 0;
  if (keyEnd < 0 || languageEnd < 0 || translatedEnd < 0 || isCompressed) return undefined;
  const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
  return [utf8.decode(data.subarray(0, keyEnd)), utf8.decode(data.subarray(translatedEnd + 1))];
}

function* readChunks(png: Uint8Array): Generator<Chunk, void> {
  if (!SIGNATURE.every((byte, index) => png[index] === byte)) throw notPng();
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  for (let start = SIGNATURE.length; start < png.length; ) {
    // length (4), type (4), data (length), CRC of type and data (4)
    const dataEnd = start + 12 <= png.length ? start + 8 + view.getUint32(start) : Infinity;
    if (dataEnd + 4 > png.length) throw notPng("it ends early");
    const typed = png.subarray(start + 4, dataEnd);
    if (crc32(typed) !== view.getUint32(dataEnd)) throw notPng("a checksum is wrong");
    const type = String.fromCharCode(...typed.subarray(0, 4));
    yield { type, data: typed.subarray(4), start, end: dataEnd + 4 };
    start = dataEnd + 4;
  }
}

function makeChunk(type: string, data: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(data.length + 12);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length);
  chunk.set(new TextEncoder().encode(type), 4);
  chunk.set(data, 8);
  view.setUint32(data.length + 8, crc32(chunk.subarray(4, data.length + 8)));
  return chunk;
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

// The CRC of PNG and zip, one table entry per byte value. Node's zlib.crc32 does not exist in the browser.
const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) {
    remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1;
  }
  return remainder;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

function notPng(reason = "it does not start like one"): DalleError {
  return new DalleError(
    "bad_file",
    `This is not a complete PNG file (${reason}); pass the bytes of a PNG as it was written.`,
  );
}
