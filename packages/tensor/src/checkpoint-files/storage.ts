/** @file A storage: a run of equal elements in a file, which one tensor or several look at. */
import { type ByteSource, endsEarly } from "../files/byte-source.js";
import { FileFault } from "../files/file-fault.js";
import {
  bytesOfElement,
  type CheckpointArray,
  type CheckpointDType,
  checkpointArrays,
} from "./element-types.js";

export class Storage {
  readonly dtype: CheckpointDType;
  /** Number of elements. */
  readonly length: number;
  readonly #source: ByteSource;
  #position: number | undefined;

  /** position: of the first byte; a container that learns it later calls `place`. */
  constructor(source: ByteSource, dtype: CheckpointDType, length: number, position?: number) {
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
    if (this.#position === undefined) throw new FileFault("a tensor's data is not in the file");
    const width = bytesOfElement(this.dtype);
    const { buffer } = await this.#source.read(
      this.#position + begin * width,
      (end - begin) * width,
    );
    return new checkpointArrays[this.dtype](buffer);
  }
}
