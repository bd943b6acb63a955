/** @file Batches of pictures for dVAE and CLIP: from memory, or read while the step before is computed. */
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
  /** These records at this step; a function of its arguments alone. */
  load(records: readonly number[], step: number): Promise<LoadedPictures>;
  /** Others, which are never trained on; absent where none are. */
  readonly heldOut?: Omit<PictureStream, "heldOut">;
}

export interface LoadedPictures {
  /** As in a pool. */
  readonly bytes: Uint8Array;
  /** One for each picture. */
  readonly captions: readonly string[];
}

/** Which records a batch is made of. */
export interface BatchOrder {
  batch(step: number, size: number): readonly number[];
}

interface Wanted {
  readonly step: number;
  readonly size: number;
}

export class PictureBatches {
  readonly #pictures: PicturePool | PictureStream;
  readonly #order: BatchOrder;
  #ready = new Map<string, LoadedPictures>();
  #coming = new Map<string, Promise<LoadedPictures>>();

  constructor(pictures: PicturePool | PictureStream, order: BatchOrder) {
    this.#pictures = pictures;
    this.#order = order;
  }

  /** Makes these batches ready, and starts to read what comes after them. Nothing to do for pictures in memory. */
  async prepare(now: readonly Wanted[], next: readonly Wanted[]): Promise<void> {
    const pictures = this.#pictures;
    if ("bytes" in pictures) return;
    const start = (wanted: Wanted): Promise<LoadedPictures> => {
      const records = this.#order.batch(wanted.step, wanted.size);
      const loading = this.#coming.get(keyOf(wanted)) ?? pictures.load(records, wanted.step);
      loading.catch(() => undefined); // told when its step comes
      return loading;
    };
    const loaded = new Map<string, LoadedPictures>();
    for (const wanted of now) loaded.set(keyOf(wanted), await start(wanted));
    this.#ready = loaded;
    this.#coming = new Map(next.map((wanted) => [keyOf(wanted), start(wanted)]));
  }

  /** `size` pictures of `step`; prepared before, if they are not in memory. */
  bytes(step: number, size: number): Uint8Array {
    const pictures = this.#pictures;
    if (!("bytes" in pictures)) return this.#ready.get(keyOf({ step, size }))!.bytes;
    return gatherPictures(pictures, this.#order.batch(step, size));
  }

  /** Their captions, where they are read with the pictures. */
  captions(step: number, size: number): readonly string[] | undefined {
    return this.#ready.get(keyOf({ step, size }))?.captions;
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
