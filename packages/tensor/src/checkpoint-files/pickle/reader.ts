/** @file The bytes of a pickle, front to back. Everything past the end is a `FileFault`. */
import { FileFault } from "../../files/file-fault.js";
import { longestInteger, longestName } from "./limits.js";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const latin1 = new TextDecoder("latin1");

export class PickleReader {
  position: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array, position: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.position = position;
  }

  uint8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#advance(4), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  /** A length of eight bytes. */
  uint64(): number {
    return Number(this.#view.getBigUint64(this.#advance(8), true));
  }

  /** The one number that pickles write big-endian. */
  float64(): number {
    return this.#view.getFloat64(this.#advance(8), false);
  }

  bytes(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.#bytes.slice(start, start + length);
  }

  text(length: number): string {
    const start = this.#advance(length);
    try {
      return utf8.decode(this.#bytes.subarray(start, start + length));
    } catch (cause) {
      throw new FileFault("it has text that is not UTF-8", { cause });
    }
  }

  /** Text of Python 2, whose strings were bytes. */
  bytesAsText(length: number): string {
    const start = this.#advance(length);
    return latin1.decode(this.#bytes.subarray(start, start + length));
  }

  /** Text up to a line feed, which is passed over. */
  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.position);
    const length = end - this.position;
    if (end < 0 || length > longestName) throw new FileFault("it has a name without an end");
    const text = this.text(length);
    this.position++;
    return text;
  }

  /** An integer in two's complement, little-endian. */
  integer(length: number): number | bigint {
    if (length > longestInteger) throw new FileFault(`it has an integer of ${length} bytes`);
    const start = this.#advance(length);
    let value = 0n;
    for (let index = length - 1; index >= 0; index--)
      value = (value << 8n) | BigInt(this.#bytes[start + index]!);
    value = BigInt.asIntN(8 * length, value);
    return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  }

  /** Where the next `length` bytes begin; they are passed over. */
  #advance(length: number): number {
    const start = this.position;
    if (!(length <= this.#bytes.length - start)) throw new FileFault("its pickle ends too early");
    this.position += length;
    return start;
  }
}
