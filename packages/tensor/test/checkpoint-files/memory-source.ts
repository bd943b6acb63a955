/** @file A file that is only in memory, for tests. */
import { type ByteSource, endsEarly } from "../../src/files/byte-source.js";

export class MemorySource implements ByteSource {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get size(): number {
    return this.#bytes.length;
  }

  async read(position: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    if (position + length > this.size) throw endsEarly(this.size, position + length);
    return new Uint8Array(this.#bytes.subarray(position, position + length));
  }
}
