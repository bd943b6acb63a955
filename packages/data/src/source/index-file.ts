/** @file A list too long for memory as one line of JSON each in a file, with the lines' ends beside it. */
import { type FileHandle, open } from "node:fs/promises";

const BLOCK = 1 << 16;

/** Appends entries; what is held in memory is 8 bytes an entry. */
export class EntryWriter<Entry> {
  readonly #file: FileHandle;
  readonly #endsFile: FileHandle;
  #ends = new Float64Array(1024);
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #position = 0;
  count = 0;

  private constructor(file: FileHandle, endsFile: FileHandle) {
    this.#file = file;
    this.#endsFile = endsFile;
  }

  static async create<Entry>(path: string): Promise<EntryWriter<Entry>> {
    return new EntryWriter(await open(path, "w"), await open(`${path}.ends`, "w"));
  }

  async add(entry: Entry): Promise<void> {
    const line = Buffer.from(`${JSON.stringify(entry)}\n`);
    this.#position += line.length;
    if (this.count === this.#ends.length) {
      const longer = new Float64Array(2 * this.#ends.length);
      longer.set(this.#ends);
      this.#ends = longer;
    }
    this.#ends[this.count++] = this.#position;
    this.#pending.push(line);
    this.#pendingBytes += line.length;
    if (this.#pendingBytes > BLOCK) await this.#flush();
  }

  async close(): Promise<void> {
    await this.#flush();
    const ends = this.#ends.subarray(0, this.count);
    await this.#endsFile.writeFile(new Uint8Array(ends.buffer, 0, ends.byteLength));
    await this.#file.close();
    await this.#endsFile.close();
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.concat(this.#pending);
    this.#pending = [];
    this.#pendingBytes = 0;
    await this.#file.writeFile(bytes);
  }
}

/** Reads any entry by its number; neighbours come from one block. */
export class EntryReader<Entry> implements AsyncDisposable {
  readonly count: number;
  readonly #file: FileHandle;
  readonly #ends: Float64Array;
  readonly #blockBytes: number;
  #block = { start: 0, bytes: Buffer.alloc(0) };

  private constructor(file: FileHandle, ends: Float64Array, blockBytes: number) {
    this.#file = file;
    this.#ends = ends;
    this.#blockBytes = blockBytes;
    this.count = ends.length;
  }

  /** `blockBytes`: read at a time; a small one is quicker where entries are read in no order. */
  static async open<Entry>(path: string, blockBytes = BLOCK): Promise<EntryReader<Entry>> {
    const endsFile = await open(`${path}.ends`);
    try {
      const bytes = await endsFile.readFile();
      const ends = new Float64Array(Math.floor(bytes.length / 8));
      new Uint8Array(ends.buffer).set(bytes.subarray(0, ends.byteLength));
      return new EntryReader(await open(path), ends, blockBytes);
    } finally {
      await endsFile.close();
    }
  }

  async at(index: number): Promise<Entry> {
    const start = index === 0 ? 0 : this.#ends[index - 1]!;
    const end = this.#ends[index]!;
    let block = this.#block;
    if (start < block.start || end > block.start + block.bytes.length) {
      const bytes = Buffer.alloc(Math.max(end - start, this.#blockBytes));
      const { bytesRead } = await this.#file.read(bytes, 0, bytes.length, start);
      block = { start, bytes: bytes.subarray(0, bytesRead) };
      this.#block = block;
    }
    const line = block.bytes.subarray(start - block.start, end - block.start);
    return JSON.parse(line.toString()) as Entry;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Entry> {
    for (let index = 0; index < this.count; index++) yield await this.at(index);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close();
  }
}
