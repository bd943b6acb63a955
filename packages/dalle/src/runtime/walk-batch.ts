/**
 * @file How the pictures of a walk lie in its batch: an entry for each, and after those a second one with an empty caption
 * for each picture that is guided, as long as it is.
 */
import { mixGuidance } from "../sample.js";

export interface WalkedPicture {
  /** Caption tokens; at most `captionLimit`. Pictures of one caption share its states. */
  readonly tokens: readonly number[];
  /** State i reads code i − 1, so they may be known before or written as the walk goes on. */
  readonly codes: ArrayLike<number>;
  /** Scale of classifier-free guidance: how far logits move from those of an empty caption; 1 runs no second half. @default 1 */
  readonly guidance?: number;
  /** So many first codes are guided. @default all */
  readonly guidedCodes?: number;
}

const noCaption: readonly number[] = [];

export class WalkBatch {
  readonly #pictures: readonly WalkedPicture[];
  /** Places of the guided pictures, in the order of their second entries. */
  readonly #guided: readonly number[];
  readonly #mixed = new Map<number, Float32Array>();

  constructor(pictures: readonly WalkedPicture[]) {
    this.#pictures = pictures;
    this.#guided = [...pictures.keys()].filter((place) => (pictures[place]!.guidance ?? 1) !== 1);
  }

  /** Of each entry. */
  get tokens(): readonly (readonly number[])[] {
    return [...this.#pictures.map(({ tokens }) => tokens), ...this.#guided.map(() => noCaption)];
  }

  /** Of each entry. */
  get codes(): readonly ArrayLike<number>[] {
    const codes = this.#pictures.map((picture) => picture.codes);
    return [...codes, ...this.#guided.map((place) => codes[place]!)];
  }

  /** raw: [entries, 1, K], K = width. A row of K for each picture, guided where it asks for it. */
  logits(raw: Float32Array, width: number): readonly Float32Array[] {
    const row = (entry: number) => raw.subarray(entry * width, (entry + 1) * width);
    const rows = this.#pictures.map((_, place) => row(place));
    for (const [index, place] of this.#guided.entries()) {
      const mixed = this.#mixed.get(place) ?? new Float32Array(width);
      this.#mixed.set(place, mixed);
      const unconditional = row(this.#pictures.length + index);
      mixGuidance(rows[place]!, unconditional, this.#pictures[place]!.guidance!, mixed);
      rows[place] = mixed;
    }
    return rows;
  }

  /** For each entry the one it goes on from, where picture n goes on from picture sources[n]. */
  entriesOf(sources: readonly number[]): number[] {
    return [...sources, ...this.#guided.map((place) => this.#secondEntry(sources[place]!))];
  }

  /** The entries of these pictures, as `select` will have them. */
  entriesStaying(staying: readonly number[]): number[] {
    const guided = staying.filter((place) => this.#guided.includes(place));
    return [...staying, ...guided.map((place) => this.#secondEntry(place))];
  }

  /** For each entry the one of a batch of the first picture alone that it goes on from. */
  entriesOfFirst(): number[] {
    return [...this.#pictures.map(() => 0), ...this.#guided.map(() => 1)];
  }

  /** The batch from state `index` on, if the guidance of some pictures ends there, and the entries that go on in it. */
  endGuidance(index: number): { batch: WalkBatch; entries: number[] } | undefined {
    const ends = ({ guidedCodes = Number.POSITIVE_INFINITY }: WalkedPicture) =>
      guidedCodes <= index;
    if (!this.#guided.some((place) => ends(this.#pictures[place]!))) return undefined;
    const pictures = this.#pictures.map((each) => (ends(each) ? { ...each, guidance: 1 } : each));
    const still = this.#guided.filter((place) => !ends(this.#pictures[place]!));
    return {
      batch: new WalkBatch(pictures),
      entries: [...pictures.keys(), ...still.map((place) => this.#secondEntry(place))],
    };
  }

  /** Pictures of the batch. */
  get size(): number {
    return this.#pictures.length;
  }

  select(staying: readonly number[]): WalkBatch {
    return new WalkBatch(staying.map((place) => this.#pictures[place]!));
  }

  #secondEntry(place: number): number {
    return this.#pictures.length + this.#guided.indexOf(place);
  }
}
