/**
 * @file Walks along the codes of pictures, one after the other, whatever the family of the transformer. Each picture of a batch
 * has a caption and a guidance of its own, and nothing of it depends on its neighbours.
 */
import { throwIfAborted } from "../abort.js";
import { logProbability } from "../drawing/log-probability.js";
import { WalkBatch, type WalkedPicture } from "./walk-batch.js";

/** The pictures that the next state is run for, and what they go on from. @default all, each from its own states */
export interface NextPictures {
  /** Picture n continues from the states of picture sources[n]; a source must continue from itself. */
  readonly sources?: readonly number[];
  /** The pictures that go on, in this order; the others are given up. */
  readonly staying?: readonly number[];
}

export interface WalkOptions {
  /**
   * So many first codes are known and the same in all pictures, which share caption and guidance: their states are run once
   * for all. @default 0
   */
  readonly shared?: number;
  /** Checked before every state. */
  readonly signal?: AbortSignal;
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
  /** These entries alone go on, in this order; one that is named several times goes on as so many. */
  select(entries: readonly number[]): void;
  /** No step comes after this. */
  end?(): void;
}

export abstract class CodeWalker implements AsyncDisposable {
  /** Codes of a picture. */
  abstract readonly codeCount: number;
  /** Number of different codes. */
  abstract readonly imageCodes: number;

  /** Reads captions once each; entry n of the batch goes on from captions[captionOf[n]]. */
  protected abstract begin(
    captions: readonly (readonly number[])[],
    captionOf: readonly number[],
  ): Promise<Decoding>;

  abstract [Symbol.asyncDispose](): Promise<void>;

  /**
   * Runs the image states in raster order and yields for each, before its code is read, the logits of that code:
   * imageCodes numbers a picture, valid until the next state.
   */
  async *walk(
    pictures: readonly WalkedPicture[],
    { shared = 0, signal }: WalkOptions = {},
  ): AsyncGenerator<readonly Float32Array[], void, NextPictures | undefined> {
    throwIfAborted(signal);
    const whole = new WalkBatch(pictures);
    const first = new WalkBatch(shared > 0 ? pictures.slice(0, 1) : pictures);
    // By what they say: requests of many clients may ask for one caption, each with tokens of its own.
    const captions = new Map(first.tokens.map((tokens) => [tokens.join(), tokens]));
    const order = [...captions.keys()];
    const captionOf = first.tokens.map((tokens) => order.indexOf(tokens.join()));
    const decoding = await this.begin([...captions.values()], captionOf);
    try {
      yield* this.#steps(decoding, first, whole, shared, signal);
    } finally {
      decoding.end?.();
    }
  }

  /** The first `shared` states run for `first`, which is one picture of `whole`; the others for all of `whole`. */
  async *#steps(
    decoding: Decoding,
    first: WalkBatch,
    whole: WalkBatch,
    shared: number,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<readonly Float32Array[], void, NextPictures | undefined> {
    let batch = whole;
    for (let index = 0; index < this.codeCount; index++) {
      throwIfAborted(signal);
      const isShared = index < shared;
      if (index === shared && shared > 0) decoding.select(batch.entriesOfFirst());
      const ended = isShared ? undefined : batch.endGuidance(index);
      if (ended) {
        decoding.select(ended.entries);
        batch = ended.batch;
      }
      const walked = isShared ? first : batch;
      const logits = await decoding.step(index, walked.codes);
      const rows = walked.logits(logits, this.imageCodes);
      const next = yield isShared ? new Array<Float32Array>(batch.size).fill(rows[0]!) : rows;
      if (next?.sources && !isShared) decoding.copyEntries(batch.entriesOf(next.sources));
      if (next?.staying) {
        if (!isShared) decoding.select(batch.entriesStaying(next.staying));
        batch = batch.select(next.staying);
      }
    }
  }

  /**
   * How likely a caption makes known codes: for each picture the sum of their log-probabilities, in nats, at
   * temperature 1 and without guidance.
   */
  async logLikelihoods({
    tokens,
    codes,
    signal,
  }: {
    readonly tokens: readonly number[];
    /** A picture each. */
    readonly codes: readonly ArrayLike<number>[];
    readonly signal?: AbortSignal;
  }): Promise<number[]> {
    const sums = codes.map(() => 0);
    const pictures = codes.map((each) => ({ tokens, codes: each }));
    let index = 0;
    for await (const logits of this.walk(pictures, { signal })) {
      for (const [entry, row] of logits.entries()) {
        sums[entry]! += logProbability(row, codes[entry]![index]!);
      }
      index++;
    }
    return sums;
  }
}
