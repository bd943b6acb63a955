/** @file Draws codes on the paper's transformer, by its decoding graph. */
import {
  imagePosition,
  imageStateId,
  imageStates,
  type MaskKind,
  type TransformerConfig,
  textStream,
} from "@dalle-ts/models";
import type { Device } from "../engine.js";
import type { ModelFiles } from "../model-folder/model-folder.js";
import { type CacheLayout, sparseLayout } from "./cache-layout.js";
import { DecodeCaches, freshOf, imageBias, textBias } from "./caches.js";
import { CodeWalker, type Decoding } from "./code-walker.js";
import { type RunResults, type RuntimeTensor, runtimeTensor, Session } from "./session.js";

export class SparseWalker extends CodeWalker {
  readonly config: TransformerConfig;
  readonly states: number;
  readonly imageCodes: number;
  readonly #session: Session;
  readonly #layout: CacheLayout<MaskKind>;
  readonly #kinds: readonly MaskKind[];
  /** Biases by kind for each image state, made once. */
  readonly #imageBiases: ReadonlyMap<MaskKind, readonly RuntimeTensor[]>;
  /** Of the last walk that ended, for the next one of its size: fresh memory is slow at first, and slow to be freed. */
  #spareCaches: DecodeCaches[] = [];
  #isDisposed = false;

  private constructor(session: Session, config: TransformerConfig) {
    super();
    this.config = config;
    this.states = imageStates(config);
    this.imageCodes = config.imageCodes;
    this.#session = session;
    this.#layout = sparseLayout(config);
    this.#kinds = [...new Set(this.#layout.kinds)];
    this.#imageBiases = new Map(
      this.#kinds.map((kind) => [
        kind,
        Array.from({ length: this.states }, (_, index) => {
          const bias = imageBias(this.#layout, kind, index);
          return runtimeTensor(bias, [1, bias.length]);
        }),
      ]),
    );
  }

  /** files: where transformer.onnx is. */
  static async open(
    files: ModelFiles,
    config: TransformerConfig,
    device: Device = "cpu",
  ): Promise<SparseWalker> {
    return new SparseWalker(await Session.open(files, "transformer.onnx", device), config);
  }

  protected async begin(
    captions: readonly (readonly number[])[],
    captionOf: readonly number[],
  ): Promise<Decoding> {
    let caches = this.#takeCaches(captionOf.length);
    /** Those that the walk went on from: of the states that pictures share, until a picture is given up. */
    let left: DecodeCaches | undefined;
    await this.#readCaptions(captions, caches, captionOf);
    return {
      step: async (index, codes) => {
        const ids = codes.map((known) => imageStateId(this.config, known, index));
        return (await this.#step(caches, ids, index)).logits!.data as Float32Array; // [batch, 1, K]
      },
      copyEntries: (sources) => caches.copyEntries(sources),
      select: (entries) => {
        left = caches; // what was left before is let go at once, not at the end of the walk
        caches = this.#takeCaches(entries.length);
        caches.copyFrom(left, entries);
      },
      end: () => {
        if (!this.#isDisposed) this.#spareCaches = left ? [left, caches] : [caches];
      },
    };
  }

  /** What an earlier walk left in its caches is overwritten, or masked until it is. */
  #takeCaches(batch: number): DecodeCaches {
    const place = this.#spareCaches.findIndex((caches) => caches.batch === batch);
    // Taken out, for two walks at once must not share.
    const [spare] = this.#spareCaches.splice(place, place < 0 ? 0 : 1);
    return spare ?? new DecodeCaches(this.#layout, batch);
  }

  /** One image state of every batch entry; its keys and values go into the caches. */
  async #step(caches: DecodeCaches, ids: readonly number[], index: number): Promise<RunResults> {
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

  /** Runs the text states of each caption once, and stores them for the entries that go on from it. */
  async #readCaptions(
    captions: readonly (readonly number[])[],
    caches: DecodeCaches,
    captionOf: readonly number[],
  ): Promise<void> {
    const length = this.config.textStates;
    const biases = this.#kinds.map((kind) => {
      const bias = textBias(this.#layout, kind);
      return [`bias_${kind}`, runtimeTensor(bias, [length, bias.length / length])];
    });
    const fresh = [];
    for (const tokens of captions) {
      const { ids, positions } = textStream(this.config, tokens);
      const results = await this.#session.run({
        ids: runtimeTensor(BigInt64Array.from(ids, BigInt), [1, length]),
        positions: runtimeTensor(BigInt64Array.from(positions, BigInt), [length]),
        ...Object.fromEntries(biases),
        ...new DecodeCaches(this.#layout, 1).inputs(0),
      });
      fresh.push(freshOf(results));
    }
    caches.storeText((entry) => captionOf[entry]!, fresh);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true; // a walk under way must not give its caches back
    this.#spareCaches = [];
    await this.#session[Symbol.asyncDispose]();
  }
}
