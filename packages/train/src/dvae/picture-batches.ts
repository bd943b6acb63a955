/** @file Batches of pictures for the dVAE: from memory, or read while the step before is computed. */
import type { Shuffle } from "../run/shuffle.js";

/** Pictures as bytes, height × width × channel each, one behind the other. */
export interface PicturePool {
  readonly count: number;
  readonly size: number;
  readonly bytes: Uint8Array;
}

/** Pictures that do not fit into memory, or are cut anew each time. */
export interface PictureStream {
  readonly count: number;
  readonly size: number;
  /** The bytes of these records at this step, as in a pool; a function of its arguments alone. */
  load(records: readonly number[], step: number): Promise<Uint8Array>;
}

interface Wanted {
  readonly step: number;
  readonly size: number;
}

export class PictureBatches {
  readonly #pictures: PicturePool | PictureStream;
  readonly #shuffle: Shuffle;
  #ready = new Map<string, Uint8Array>();
  #coming = new Map<string, Promise<Uint8Array>>();

  constructor(pictures: PicturePool | PictureStream, shuffle: Shuffle) {
    this.#pictures = pictures;
    this.#shuffle = shuffle;
  }

  /** Makes these batches ready, and starts to read what comes after them. Nothing to do for pictures in memory. */
  async prepare(now: readonly Wanted[], next: readonly Wanted[]): Promise<void> {
    const pictures = this.#pictures;
    if ("bytes" in pictures) return;
    const start = (wanted: Wanted): Promise<Uint8Array> => {
      const records = this.#shuffle.batch(wanted.step, wanted.size);
      const loading = this.#coming.get(keyOf(wanted)) ?? pictures.load(records, wanted.step);
      loading.catch(() => undefined); // told when its step comes
      return loading;
    };
    const loaded = new Map<string, Uint8Array>();
    for (const wanted of now) loaded.set(keyOf(wanted), await start(wanted));
    this.#ready = loaded;
    this.#coming = new Map(next.map((wanted) => [keyOf(wanted), start(wanted)]));
  }

  /** `size` pictures of `step`; prepared before, if they are not in memory. */
  bytes(step: number, size: number): Uint8Array {
    const pictures = this.#pictures;
    if (!("bytes" in pictures)) return this.#ready.get(keyOf({ step, size }))!;
    return gatherPictures(pictures, this.#shuffle.batch(step, size));
  }
}

/** The bytes of these pictures of a pool, one behind the other. */
export function gatherPictures(pool: PicturePool, records: readonly number[]): Uint8Array {
  const length = pool.size * pool.size * 3;
  const bytes = new Uint8Array(records.length * length);
  for (const [index, record] of records.entries()) {
    bytes.set(pool.bytes.subarray(record * length, (record + 1) * length), index * length);
  }
  return bytes;
}

const keyOf = ({ step, size }: Wanted): string => `${step}/${size}`;
