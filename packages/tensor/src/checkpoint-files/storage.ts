/** @file A storage: a run of equal elements in a file, which one tensor or several look at. */
import { type ByteSource, endsEarly } from "../files/byte-source.js";
import { FileFault } from "../files/file-fault.js";
import {
  bytesOfElement,
  type CheckpointArray,
  checkpointArray,
  type StoredDType,
} from "./element-types.js";

export class Storage {
  readonly dtype: StoredDType;
  /** Number of elements. */
  readonly length: number;
  readonly #source: ByteSource;
  #position: number | undefined;

  /** position: of the first byte; a container that learns it later calls `place`. */
  constructor(source: ByteSource, dtype: StoredDType, length: number, position?: number) {
    this.#source = source;
    this.dtype = dtype;
    this.length = length;
    if (position !== undefined) this.place(position);
  }

  get bytes(): number {
    return this.length * bytesOfElement(this.dtype);
  }

  /** Says where the storage lies; a `FileFault` if the file ends before it does. */
  place(position: number): void {
    if (!(position + this.bytes <= this.#source.size))
      throw endsEarly(this.#source.size, position + this.bytes);
    this.#position = position;
  }

  /** Elements `begin` … `end − 1`, as stored. */
  async read(begin: number, end: number): Promise<CheckpointArray> {
    const Elements = checkpointArray(this.dtype);
    if (this.#position === undefined) throw new FileFault("a tensor's data is not in the file");
    const width = bytesOfElement(this.dtype);
    const { buffer } = await this.#source.read(
      this.#position + begin * width,
      (end - begin) * width,
    );
    return new Elements(buffer);
  }
}

/** Storages of one type, one behind the other. */
export class JoinedStorage extends Storage {
  readonly #parts: readonly Storage[];

  constructor(parts: readonly Storage[]) {
    const { dtype } = parts[0]!;
    if (parts.some((part) => part.dtype !== dtype))
      throw new FileFault("it has an array in pieces of different types");
    super(
      noSource,
      dtype,
      parts.reduce((sum, { length }) => sum + length, 0),
    );
    this.#parts = parts;
  }

  override async read(begin: number, end: number): Promise<CheckpointArray> {
    const all = new (checkpointArray(this.dtype))(end - begin);
    let first = 0;
    for (const part of this.#parts) {
      const [from, to] = [Math.max(begin, first), Math.min(end, first + part.length)];
      if (from < to) {
        const piece = await part.read(from - first, to - first);
        // One element type for the compiler; at run time both arrays have the same.
        (all as Uint8Array).set(piece as Uint8Array, from - begin);
      }
      first += part.length;
    }
    return all;
  }
}

/** Of a storage that reads nothing itself. */
export const noSource: ByteSource = {
  size: 0,
  read: async () => {
    throw new FileFault("a tensor's data is not in the file");
  },
};
