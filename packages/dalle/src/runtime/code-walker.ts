/**
 * @file Draws the codes of pictures, one after the other, whatever the family of the transformer. A batch shares one caption;
 * each picture has its own random generator, and nothing of a picture depends on its neighbours in the batch.
 */
import { throwIfAborted } from "../abort.js";
import { drawCodes } from "../drawing/draw-codes.js";
import { logProbability } from "../drawing/log-probability.js";
import type { SeededRandom } from "../random.js";
import { mixGuidance, type SampleOptions } from "../sample.js";

export interface WalkOptions {
  /** Caption tokens; at most `captionLimit`. */
  readonly tokens: readonly number[];
  /** A picture each: state i reads code i − 1, so they may be known before or written as the walk goes on. */
  readonly codes: readonly ArrayLike<number>[];
  /** Logits move this far from those of an empty caption; 1 leaves them and runs no second half. @default 1 */
  readonly guidance?: number;
  /** Checked before every state. */
  readonly signal?: AbortSignal;
}

export interface DrawOptions extends SampleOptions, Omit<WalkOptions, "codes"> {
  /** One generator per picture of the batch. */
  readonly randoms: readonly SeededRandom[];
  /** Called after each state with the number of codes known. */
  readonly onCode?: (known: number) => void;
}

/** Captions that were read, and the states of the batch that goes on from them. */
export interface Decoding {
  /**
   * Logits of code `index`, one row of imageCodes numbers an entry of the batch, valid until the next step. codes: an entry
   * each, of which those before `index` are read.
   */
  step(index: number, codes: readonly ArrayLike<number>[]): Promise<Float32Array>;
  /** Gives batch entry n the states of entry sources[n]; an entry that is a source must be its own. */
  copyEntries(sources: readonly number[]): void;
}

export abstract class CodeWalker implements AsyncDisposable {
  /** Codes of a picture. */
  abstract readonly states: number;
  /** Number of different codes. */
  abstract readonly imageCodes: number;

  /** Reads captions once each; entry n of the batch goes on from captions[captionOf[n]]. */
  protected abstract begin(
    captions: readonly (readonly number[])[],
    captionOf: readonly number[],
  ): Promise<Decoding>;

  abstract [Symbol.asyncDispose](): Promise<void>;

  /** The codes of `randoms.length` pictures of which nothing is known, in raster order. */
  async draw({ randoms, onCode, ...options }: DrawOptions): Promise<Int32Array[]> {
    let codes: Int32Array[] = [];
    const asked = randoms.map((random) => ({ random }));
    for await (const drawn of drawCodes(this, { ...options, pictures: asked, candidates: 1 })) {
      codes = drawn.pictures.map(({ best }) => best.codes);
      onCode?.(drawn.state + 1);
    }
    return codes;
  }

  /**
   * Runs the image states in raster order and yields for each, before its code is read, the logits of that code:
   * imageCodes numbers a picture, valid until the next state. `next` may be given for each picture the one whose states
   * so far it goes on from; that one must go on from itself.
   */
  async *walk(
    options: WalkOptions,
  ): AsyncGenerator<readonly Float32Array[], void, readonly number[] | undefined> {
    const { tokens, codes, guidance = 1, signal } = options;
    const { imageCodes } = this;
    const guided = guidance !== 1;
    const count = codes.length;
    // Conditional half, then unconditional half.
    const captionOf = Array.from({ length: guided ? 2 * count : count }, (_, entry) =>
      entry < count ? 0 : 1,
    );
    const read = captionOf.map((_, entry) => codes[entry % count]!);
    throwIfAborted(signal);
    const decoding = await this.begin(guided ? [tokens, []] : [tokens], captionOf);

    const mixed = codes.map(() => new Float32Array(guided ? imageCodes : 0));
    for (let index = 0; index < this.states; index++) {
      throwIfAborted(signal);
      const logits = await decoding.step(index, read);
      const row = (entry: number) => logits.subarray(entry * imageCodes, (entry + 1) * imageCodes);
      const sources = yield mixed.map((scratch, entry) => {
        if (!guided) return row(entry);
        mixGuidance(row(entry), row(count + entry), guidance, scratch);
        return scratch;
      });
      if (sources) {
        decoding.copyEntries(
          guided ? [...sources, ...sources.map((each) => count + each)] : sources,
        );
      }
    }
  }

  /**
   * How likely a caption makes known codes: for each picture the sum of their log-probabilities, in nats, at
   * temperature 1 and without guidance.
   */
  async logLikelihoods(options: Omit<WalkOptions, "guidance">): Promise<number[]> {
    const sums = options.codes.map(() => 0);
    let index = 0;
    for await (const logits of this.walk(options)) {
      for (const [entry, row] of logits.entries()) {
        sums[entry]! += logProbability(row, options.codes[entry]![index]!);
      }
      index++;
    }
    return sums;
  }
}
