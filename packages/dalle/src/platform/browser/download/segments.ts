/** @file A file as segments of one size, which are stored one by one so that a broken download can go on. */
import type { FileRecord } from "../../../model-folder/config.js";

/** A download that breaks loses less than this. */
export const SEGMENT_BYTES = 1 << 20;

export const segmentCount = ({ bytes }: FileRecord): number => Math.ceil(bytes / SEGMENT_BYTES);

/** Of a file's segment `index`; the last is shorter. */
export const segmentLength = ({ bytes }: FileRecord, index: number): number =>
  Math.min(SEGMENT_BYTES, bytes - index * SEGMENT_BYTES);

/** Cuts what arrives into the segments of a file, from segment `index` on. */
export class SegmentCutter {
  readonly #record: FileRecord;
  #index: number;
  #filled = 0;
  #segment: Uint8Array<ArrayBuffer>;

  constructor(record: FileRecord, index: number) {
    this.#record = record;
    this.#index = index;
    this.#segment = new Uint8Array(segmentLength(record, index));
  }

  /** Bytes of the file up to here. */
  get position(): number {
    return this.#index * SEGMENT_BYTES + this.#filled;
  }

  /** The segments that this piece completes. What is beyond the end of the file is counted as well, and dropped. */
  *cut(piece: Uint8Array): Generator<{ index: number; bytes: Uint8Array<ArrayBuffer> }> {
    let rest = piece;
    while (rest.length > 0) {
      if (this.position >= this.#record.bytes) {
        this.#filled += rest.length;
        return;
      }
      const part = rest.subarray(0, this.#segment.length - this.#filled);
      this.#segment.set(part, this.#filled);
      this.#filled += part.length;
      rest = rest.subarray(part.length);
      if (this.#filled < this.#segment.length) continue;
      yield { index: this.#index, bytes: this.#segment };
      this.#index++;
      this.#filled = 0;
      this.#segment = new Uint8Array(Math.max(0, segmentLength(this.#record, this.#index)));
    }
  }
}
