/** @file A Parquet file on disk for hyparquet, with limits on what a page or a column may unpack to. */
import { type FileHandle, open } from "node:fs/promises";
import {
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
} from "hyparquet";
import { compressors as unlimited } from "hyparquet-compressors";
import { MOST_COLUMN_BYTES } from "./limits.js";
import { tooLong, Unreadable } from "./read-file.js";

export interface ParquetFile extends AsyncDisposable {
  readonly buffer: AsyncBuffer;
  readonly metadata: FileMetaData;
}

/** Throws whatever is wrong with the file: `Unreadable`, hyparquet's errors, or the system's. */
export async function openParquetFile(path: string): Promise<ParquetFile> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const buffer: AsyncBuffer = {
      byteLength: size,
      slice: (start, end = size) => {
        const slice = readSlice(file, start, end);
        // hyparquet starts several reads and may give up before it awaits them all.
        slice.catch(() => undefined);
        return slice;
      },
    };
    // Geography is of no use here, and looking for it costs a scan of the metadata.
    const metadata = await parquetMetadataAsync(buffer, { geoparquet: false });
    return { buffer, metadata, [Symbol.asyncDispose]: () => file.close() };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function readSlice(file: FileHandle, start: number, end: number): Promise<ArrayBuffer> {
  const length = end - start;
  if (length > MOST_COLUMN_BYTES) throw new Unreadable(tooLong(length, MOST_COLUMN_BYTES));
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(bytes, done, length - done, start + done);
    if (bytesRead === 0) throw new Unreadable("is cut short");
    done += bytesRead;
  }
  return bytes.buffer;
}

/** A page says how long it will be when unpacked, and memory is taken for it before anything is checked. */
export const compressors: Compressors = Object.fromEntries(
  Object.entries(unlimited).map(([codec, unpack]) => [
    codec,
    (bytes: Uint8Array, length: number) => {
      if (length > MOST_COLUMN_BYTES) throw new Unreadable(tooLong(length, MOST_COLUMN_BYTES));
      return unpack!(bytes, length);
    },
  ]),
);
