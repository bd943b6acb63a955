/**
 * @file Draws the codes of pictures, one state after the other, on the transformer's decoding graph. Each picture of a batch
 * has a caption, settings and a random generator of its own, and nothing of it depends on its neighbours.
 */
import { join } from "node:path";
import {
  imagePosition,
  imageStateId,
  imageStates,
  layerMask,
  type MaskKind,
  maskKinds,
  type TransformerConfig,
  textStates,
} from "@dalle-ts/models";
import { throwIfAborted } from "../abort.js";
import { drawCodes } from "../drawing/draw-codes.js";
import { logProbability } from "../drawing/log-probability.js";
import type { SeededRandom } from "../random.js";
import type { SampleOptions } from "../sample.js";
import { DecodeCaches, type FreshStates, imageBias, textBias } from "./caches.js";
import { type RuntimeTensor, runtimeTensor, Session } from "./session.js";
import { WalkBatch } from "./walk-batch.js";

export interface WalkedPicture {
  /** Caption tokens; at most textStates − 1. Pictures that share the array share its states. */
  readonly tokens: readonly number[];
  /** State i reads code i − 1, so they may be known before or written as the walk goes on. */
  readonly codes: ArrayLike<number>;
  /** Logits move this far from those of an empty caption; 1 leaves them and runs no second half. @default 1 */
  readonly guidance?: number;
}

/** What becomes of the pictures of a walk before the next state. */
export interface Turn {
  /** For each picture the one whose states so far it goes on from; that one must go on from itself. */
  readonly sources?: readonly number[];
  /** The pictures that go on, in this order; the others are given up. */
  readonly staying?: readonly number[];
}

export interface DrawOptions extends SampleOptions {
  readonly tokens: readonly number[];
  readonly guidance?: number;
  /** One generator per picture of the batch. */
  readonly randoms: readonly SeededRandom[];
  /** Checked before every state. */
  readonly signal?: AbortSignal;
  /** Called after each state with the number of codes known. */
  readonly onCode?: (known: number) => void;
}

type StepResults = Awaited<ReturnType<Session["run"]>>;

export class CodeDecoder implements AsyncDisposable {
  readonly config: TransformerConfig;
  readonly #session: Session;
  readonly #kinds: readonly MaskKind[];
  /** Biases by kind for each image state, made once. */
  readonly #imageBiases: ReadonlyMap<MaskKind, readonly RuntimeTensor[]>;

  private constructor(session: Session, config: TransformerConfig) {
    this.config = config;
    this.#session = session;
    const used = new Set(
      Array.from({ length: config.layers }, (_, index) => layerMask(index + 1, config.layers)),
    );
    this.#kinds = maskKinds.filter((kind) => used.has(kind));
    this.#imageBiases = new Map(
      this.#kinds.map((kind) => [
        kind,
        Array.from({ length: imageStates(config) }, (_, index) => {
          const bias = imageBias(config, kind, index);
          return runtimeTensor(bias, [1, bias.length]);
        }),
      ]),
    );
  }

  /** folder: where transformer.onnx is. */
  static async open(folder: string, config: TransformerConfig): Promise<CodeDecoder> {
    return new CodeDecoder(await Session.open(join(folder, "transformer.onnx")), config);
  }

  /** The codes of `randoms.length` pictures of which nothing is known, in raster order. */
  async draw({ randoms, onCode, signal, ...options }: DrawOptions): Promise<Int32Array[]> {
    let codes: Int32Array[] = [];
    const asked = randoms.map((random) => ({ ...options, random, candidates: 1 }));
    for await (const drawn of drawCodes(this, asked, signal)) {
      codes = drawn.pictures.map(({ candidates }) => candidates.best.codes);
      onCode?.(drawn.state + 1);
    }
    return codes;
  }

  /**
   * Runs the image states in raster order and yields for each, before its code is read, the logits of that code:
   * imageCodes numbers a picture, valid until the next state. `signal` is checked before every state.
   */
  async *walk(
    pictures: readonly WalkedPicture[],
    signal?: AbortSignal,
  ): AsyncGenerator<readonly Float32Array[], void, Turn | undefined> {
    const { imageCodes } = this.config;
    throwIfAborted(signal);
    let batch = new WalkBatch(pictures);
    let caches = await this.#readCaptions(batch);
    for (let index = 0; index < imageStates(this.config); index++) {
      throwIfAborted(signal);
      const ids = batch.codes.map((codes) => imageStateId(this.config, codes, index));
      const results = await this.#step(caches, ids, index);
      const turn = yield batch.logits(results.logits!.data as Float32Array, imageCodes);
      if (turn?.sources) caches.copyEntries(batch.entriesOf(turn.sources));
      if (turn?.staying) {
        caches = caches.select(batch.entriesStaying(turn.staying));
        batch = batch.select(turn.staying);
      }
    }
  }

  /** One image state of every batch entry; its keys and values go into the caches. */
  async #step(caches: DecodeCaches, ids: readonly number[], index: number): Promise<StepResults> {
    const biases = this.#kinds.map((kind) => [
      `bias_${kind}`,
      this.#imageBiases.get(kind)![index]!,
    ]);
    const results = await this.#session.run({
      ids: runtimeTensor(BigInt64Array.from(ids, BigInt), [ids.length, 1]),
      positions: runtimeTensor(BigInt64Array.of(BigInt(imagePosition(this.config, index))), [1]),
      ...Object.fromEntries(biases),
      ...caches.inputs(index),
    });
    caches.storeImage(index, freshOf(results));
    return results;
  }

  /** New caches that hold the text states of the batch; those of each caption are run once. */
  async #readCaptions({ tokens }: WalkBatch): Promise<DecodeCaches> {
    const { config } = this;
    const length = config.textStates;
    const captions = [...new Set(tokens)];
    const fresh: FreshStates[] = [];
    for (const caption of captions) {
      const { ids, positions } = textStates(config, caption);
      const biases = this.#kinds.map((kind) => {
        const bias = textBias(config, kind);
        return [`bias_${kind}`, runtimeTensor(bias, [length, bias.length / length])];
      });
      const results = await this.#session.run({
        ids: runtimeTensor(BigInt64Array.from(ids, BigInt), [1, length]),
        positions: runtimeTensor(BigInt64Array.from(positions, BigInt), [length]),
        ...Object.fromEntries(biases),
        ...new DecodeCaches(config, 1).inputs(0),
      });
      fresh.push(freshOf(results));
    }
    const caches = new DecodeCaches(config, tokens.length);
    const captionOf = tokens.map((caption) => captions.indexOf(caption));
    caches.storeText((entry) => captionOf[entry]!, fresh);
    return caches;
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
    for await (const logits of this.walk(pictures, signal)) {
      for (const [entry, row] of logits.entries()) {
        sums[entry]! += logProbability(row, codes[entry]![index]!);
      }
      index++;
    }
    return sums;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session[Symbol.asyncDispose]();
  }
}

function freshOf(results: StepResults): FreshStates {
  return (layer: number) => ({
    key: results[`fresh_key_${layer}`]!.data as Float32Array,
    value: results[`fresh_value_${layer}`]!.data as Float32Array,
  });
}
