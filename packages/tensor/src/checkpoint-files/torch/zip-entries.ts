/** @file Where the members of a zip archive lie. Only stored members: torch compresses none that hold data. */
import { fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from "yauzl";
import type { ByteSource } from "../../files/byte-source.js";
import { FileFault } from "../../files/file-fault.js";

export interface ZipEntry {
  /** Of the first byte. */
  readonly position: number;
  /** In bytes. */
  readonly length: number;
}

/** More members than the largest public checkpoint has, ten times over. */
const mostEntries = 100_000;

/** The stored members by name. A `FileFault` for archives that are broken, lie, or point outside themselves. */
export async function zipEntries(source: ByteSource): Promise<ReadonlyMap<string, ZipEntry>> {
  try {
    const options = { autoClose: false, strictFileNames: true };
    const archive = await fromRandomAccessReaderPromise(
      new SourceReader(source),
      source.size,
      options,
    );
    const entries = await listEntries(archive);
    checkApart(entries);
    return entries;
  } catch (cause) {
    if (cause instanceof FileFault || !(cause instanceof Error)) throw cause;
    throw new FileFault(`its zip archive is broken (${cause.message.split(". ")[0]})`, { cause });
  }
}

async function listEntries(archive: ZipFile): Promise<Map<string, ZipEntry>> {
  if (archive.entryCount > mostEntries)
    throw new FileFault(`its zip archive claims ${archive.entryCount} members`);
  const entries = new Map<string, ZipEntry>();
  for await (const entry of archive.eachEntry()) {
    const { fileName: name, compressedSize: length } = entry;
    if (entries.has(name)) throw new FileFault(`its zip archive has "${name}" twice`);
    if (entry.compressionMethod !== 0 || entry.isEncrypted()) continue;
    const { fileDataStart: position } = await archive.readLocalFileHeaderPromise(entry, {
      minimal: true,
    });
    entries.set(name, { position, length });
  }
  return entries;
}

/** Members that share bytes let a small file claim to be a large one. */
function checkApart(entries: ReadonlyMap<string, ZipEntry>): void {
  let end = 0;
  for (const [name, { position, length }] of [...entries].toSorted(
    ([, a], [, b]) => a.position - b.position,
  )) {
    if (position < end) throw new FileFault(`"${name}" in it overlaps the member before it`);
    end = position + length;
  }
}

/** The library's view of a source. */
class SourceReader extends RandomAccessReader {
  readonly #source: ByteSource;

  constructor(source: ByteSource) {
    super();
    this.#source = source;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    const available = Math.max(0, Math.min(length, this.#source.size - position));
    this.#source.read(Math.min(position, this.#source.size), available).then(
      (bytes) => {
        buffer.set(bytes, offset);
        callback(null, available);
      },
      (error: Error) => callback(error),
    );
  }
}
