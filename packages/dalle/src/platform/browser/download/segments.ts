/** @file A file as segments of one size, which are stored one by one so that a broken download can go on. */
import type { FileRecord } from "../../../model-folder/config.js";

/** A download that breaks loses less than this. */
export const SEGMENT_BYTES = 1 << 20;

export const segmentCount = ({ bytes }: FileRecord): number => Math.ceil(bytes / SEGMENT_BYTES);

/** Of a file's segment `index`; the last is shorter. */
const segmentLength = ({ bytes }: FileRecord, index: number): number =>
  Math.min(SEGMENT_BYTES, bytes - index * SEGMENT_BYTES);

/** Cuts what arrives into the segments of a file, from segment `index` on. */
export class SegmentCutter {
  readonly #record: FileRecord;
  #position: number;
  #segment = new Uint8Array(0);

  constructor(record: FileRecord, index: number) {
    this.#record = record;
    this.#position = index * SEGMENT_BYTES;
  }

  /** Bytes of the file up to here; more than it has when more came. */
  get position(): number {
    return this.#position;
  }

  /** The segments that this piece completes. What is beyond the end of the file is counted, and dropped. */
  *cut(piece: Uint8Array): Generator<{ index: number; bytes: Uint8Array<ArrayBuffer> }> {
    const end = this.#position + piece.length;
    let rest = piece;
    while (rest.length > 0 && this.#position < this.#record.bytes) {
      const index = Math.floor(this.#position / SEGMENT_BYTES);
      const filled = this.#position % SEGMENT_BYTES;
      if (filled === 0) this.#segment = new Uint8Array(segmentLength(this.#record, index));
      const part = rest.subarray(0, this.#segment.length - filled);
      this.#segment.set(part, filled);
      this.#position += part.length;
      rest = rest.subarray(part.length);
      if (filled + part.length === this.#segment.length) yield { index, bytes: this.#segment };
    }
    this.#position = end;
  }
}
