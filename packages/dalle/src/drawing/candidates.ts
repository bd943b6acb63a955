/**
 * @file One picture while its codes are drawn: one or more candidates that are filled in raster order. Kept codes are
 * forced; those after the hole weigh the candidates by how likely they are given what was drawn before them.
 */
import { SeededRandom } from "../random.js";
import { type SampleOptions, sampleCode } from "../sample.js";
import { logProbability } from "./log-probability.js";
import { effectiveSize, resample, sharesOf } from "./resample.js";

/** A picture that is known in part. */
export interface KnownCodes {
  /** In raster order; only those that are kept are read. */
  readonly codes: ArrayLike<number>;
  /** 1 where a code is kept. */
  readonly kept: Uint8Array;
}

/** Whether some kept code comes after a drawn one, so that candidates can be told apart. */
export function competes(kept: Uint8Array): boolean {
  return kept.indexOf(0) < kept.lastIndexOf(1);
}

export class Candidates {
  /** An array a candidate; what is neither kept nor drawn yet is 0. */
  readonly codes: readonly Int32Array[];
  /** The last code to draw. */
  readonly lastDrawn: number;
  readonly #firstDrawn: number;
  /** For each number of states read, the codes drawn by then. */
  readonly #drawnBefore: readonly number[];
  readonly #known: KnownCodes | undefined;
  readonly #random: SeededRandom;
  readonly #randoms: readonly SeededRandom[];
  /** Since the last resampling. */
  #logWeights: number[];
  /** Over all kept codes after the first drawn one. */
  #logFits: number[];
  #scored = 0;

  /** A single candidate is drawn with `random` itself, several with generators of their own that it seeds. */
  constructor(codeCount: number, count: number, random: SeededRandom, known?: KnownCodes) {
    this.#known = known;
    this.#random = random;
    this.#randoms =
      count === 1
        ? [random]
        : Array.from({ length: count }, () => new SeededRandom(random.next() * 2 ** 32));
    this.codes = this.#randoms.map(() =>
      Int32Array.from({ length: codeCount }, (_, index) =>
        known?.kept[index] ? known.codes[index]! : 0,
      ),
    );
    this.#firstDrawn = known ? known.kept.indexOf(0) : 0;
    this.lastDrawn = known ? known.kept.lastIndexOf(0) : codeCount - 1;
    let drawn = 0;
    this.#drawnBefore = Array.from({ length: codeCount + 1 }, (_, read) => {
      if (read > 0 && !known?.kept[read - 1]) drawn++;
      return drawn;
    });
    this.#logWeights = this.#randoms.map(() => 0);
    this.#logFits = this.#randoms.map(() => 0);
  }

  /** Codes to draw. */
  get drawnCount(): number {
    return this.#drawnBefore.at(-1)!;
  }

  /** Codes drawn once state `state` was read; state −1 is before the first. */
  drawnUntil(state: number): number {
    return this.#drawnBefore[state + 1]!;
  }

  /** How many states are read when this share of the codes to draw is drawn. */
  statesFor(share: number): number {
    return this.#drawnBefore.findIndex((drawn) => drawn >= share * this.drawnCount);
  }

  /** Whether the code at `index` is known once state `state` was read. */
  isKnown(index: number, state: number): boolean {
    return index <= state || this.#known?.kept[index] === 1;
  }

  /**
   * Reads the logits of code `index`, a row a candidate: draws it, or where it is kept scores it. Returns for each place
   * the candidate that takes it over, if candidates change places; their codes have been copied.
   */
  read(
    index: number,
    logits: readonly Float32Array[],
    options: SampleOptions,
  ): readonly number[] | undefined {
    if (!this.#known?.kept[index]) {
      for (const [place, codes] of this.codes.entries()) {
        codes[index] = sampleCode(logits[place]!, this.#randoms[place]!.next, options);
      }
      return undefined;
    }
    if (this.codes.length === 1 || index < this.#firstDrawn) return undefined;
    this.#score(index, logits);
    // The next drawn code is the first that profits; after the last there is nothing to gain.
    const isAtHole = index < this.lastDrawn && !this.#known.kept[index + 1];
    return isAtHole ? this.#resample() : undefined;
  }

  #score(index: number, logits: readonly Float32Array[]): void {
    for (const [place, codes] of this.codes.entries()) {
      const score = logProbability(logits[place]!, codes[index]!);
      this.#logWeights[place]! += score;
      this.#logFits[place]! += score;
    }
    this.#scored++;
  }

  /** When less than half of the candidates carry the weight. */
  #resample(): readonly number[] | undefined {
    const shares = sharesOf(this.#logWeights);
    if (effectiveSize(shares) >= shares.length / 2) return undefined;
    const taken = resample(shares, this.#random.next());
    for (const [place, from] of taken.entries()) this.codes[place]!.set(this.codes[from]!);
    this.#logFits = taken.map((from) => this.#logFits[from]!);
    this.#logWeights = taken.map(() => 0);
    return taken;
  }

  /** The candidate that fits the kept codes best so far, the first of equals. */
  get best(): { readonly codes: Int32Array; readonly fit: number | undefined } {
    const place = this.#logFits.indexOf(Math.max(...this.#logFits));
    const fit = this.#scored === 0 ? undefined : this.#logFits[place]! / this.#scored;
    return { codes: this.codes[place]!, fit };
  }
}
