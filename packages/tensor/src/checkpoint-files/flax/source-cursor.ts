/** @file A source read front to back in small pieces, with large ones passed over. Numbers are big-endian. */
import type { ByteSource } from "../../files/byte-source.js";
import { endsEarly } from "../../files/byte-source.js";

const windowBytes = 2 ** 14;

export class SourceCursor {
  position = 0;
  readonly #source: ByteSource;
  #window = new Uint8Array();
  #windowStart = 0;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /** The next bytes, as a view that lasts until the next call. */
  async bytes(length: number): Promise<Uint8Array> {
    const start = this.position - this.#windowStart;
    if (start < 0 || start + length > this.#window.length) {
      const rest = this.#source.size - this.position;
      if (length > rest) throw endsEarly(this.#source.size, this.position + length);
      const wanted = Math.min(rest, Math.max(length, windowBytes));
      this.#window = await this.#source.read(this.position, wanted);
      this.#windowStart = this.position;
    }
    const from = this.position - this.#windowStart;
    this.position += length;
    return this.#window.subarray(from, from + length);
  }

  async view(length: number): Promise<DataView> {
    const { buffer, byteOffset } = await this.bytes(length);
    return new DataView(buffer, byteOffset, length);
  }

  /** An unsigned integer of 1, 2 or 4 bytes. */
  async uint(width: number): Promise<number> {
    const view = await this.view(width);
    if (width === 1) return view.getUint8(0);
    return width === 2 ? view.getUint16(0) : view.getUint32(0);
  }

  skip(length: number): void {
    const end = this.position + length;
    if (end > this.#source.size) throw endsEarly(this.#source.size, end);
    this.position = end;
  }
}
