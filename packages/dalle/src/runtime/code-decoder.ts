/**
 * @file Draws the codes of pictures, one state after the other, on the transformer's decoding graph. A batch shares one
 * caption; each picture has its own random generator, and nothing of a picture depends on its neighbours in the batch.
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
import { mixGuidance, type SampleOptions } from "../sample.js";
import { DecodeCaches, type FreshStates, imageBias, textBias } from "./caches.js";
import { type RuntimeTensor, runtimeTensor, Session } from "./session.js";

export interface WalkOptions {
  /** Caption tokens; at most textStates − 1. */
  readonly tokens: readonly number[];
  /** A picture each: state i reads code i − 1, so they may be known before or written as the walk goes on. */
  readonly codes: readonly ArrayLike<number>[];
  /** Logits move this far from those of an empty caption; 1 leaves them and runs no second half. @default 1 */
  readonly guidance?: number;
  /** So many first codes are known and the same in all pictures; their states are run once for all. @default 0 */
  readonly shared?: number;
  /** Checked before every state. */
  readonly signal?: AbortSignal;
}

export interface DrawOptions extends SampleOptions, Omit<WalkOptions, "codes"> {
  /** One generator per picture of the batch. */
  readonly randoms: readonly SeededRandom[];
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
  /** Of the last walk that ended, for the next one of its size: fresh memory is slow at first, and slow to be freed. */
  #spareCaches: DecodeCaches[] = [];

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
    const { config } = this;
    const { tokens, codes, guidance = 1, shared = 0, signal } = options;
    const halves = guidance === 1 ? 1 : 2; // the conditional half, then the unconditional one
    throwIfAborted(signal);
    const prefix = this.#takeCaches(halves);
    let caches = prefix;
    const mixed = codes.map(() => new Float32Array(halves === 2 ? config.imageCodes : 0));
    try {
      await this.#readCaptions(halves === 2 ? [tokens, []] : [tokens], prefix);
      for (let index = 0; index < imageStates(config); index++) {
        throwIfAborted(signal);
        if (index === shared) caches = this.#spread(prefix, codes.length);
        const walked = index < shared ? codes.slice(0, 1) : codes;
        const count = walked.length;
        const ids = Array.from({ length: halves * count }, (_, entry) =>
          imageStateId(config, walked[entry % count]!, index),
        );
        const results = await this.#step(caches, ids, index);
        const logits = results.logits!.data as Float32Array; // [halves · count, 1, K]
        const row = (entry: number) =>
          logits.subarray(entry * config.imageCodes, (entry + 1) * config.imageCodes);
        const rows = walked.map((_, picture) => {
          if (halves === 1) return row(picture);
          mixGuidance(row(picture), row(count + picture), guidance, mixed[picture]!);
          return mixed[picture]!;
        });
        const sources = yield index < shared ? codes.map(() => rows[0]!) : rows;
        if (sources) {
          caches.copyEntries(
            halves === 1 ? sources : [...sources, ...sources.map((each) => count + each)],
          );
        }
      }
    } finally {
      this.#spareCaches = caches === prefix ? [prefix] : [prefix, caches];
    }
  }

  /** What an earlier walk left in its caches is overwritten, or masked until it is. */
  #takeCaches(batch: number): DecodeCaches {
    const place = this.#spareCaches.findIndex((caches) => caches.batch === batch);
    // Taken out, for two walks at once must not share.
    return (
      this.#spareCaches.splice(place, place < 0 ? 0 : 1)[0] ?? new DecodeCaches(this.config, batch)
    );
  }

  /** Each entry of `prefix`, a half, as it is for `count` pictures. */
  #spread(prefix: DecodeCaches, count: number): DecodeCaches {
    if (count === 1) return prefix;
    const caches = this.#takeCaches(prefix.batch * count);
    caches.copyFrom(prefix, (entry) => Math.floor(entry / count));
    return caches;
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

  /** Runs the text states of each caption, one for each entry of the caches, and stores them. */
  async #readCaptions(
    captions: readonly (readonly number[])[],
    caches: DecodeCaches,
  ): Promise<void> {
    const { config } = this;
    const length = config.textStates;
    const fresh: FreshStates[] = [];
    for (const tokens of captions) {
      const { ids, positions } = textStates(config, tokens);
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
    caches.storeText(fresh);
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

  async [Symbol.asyncDispose](): Promise<void> {
    this.#spareCaches = [];
    await this.#session[Symbol.asyncDispose]();
  }
}

function freshOf(results: StepResults): FreshStates {
  return (layer: number) => ({
    key: results[`fresh_key_${layer}`]!.data as Float32Array,
    value: results[`fresh_value_${layer}`]!.data as Float32Array,
  });
}
