/** @file Draws codes on the paper's transformer, by its decoding graph. */
import {
  imagePosition,
  imageStateId,
  imageStates,
  type TransformerConfig,
  textStream,
} from "@dalle-ts/models";
import type { Device } from "../engine.js";
import type { ModelFiles } from "../model-folder/model-folder.js";
import { type CacheLayout, sparseLayout } from "./cache-layout.js";
import { DecodeCaches, freshOf } from "./caches.js";
import { CodeWalker, type Decoding } from "./code-walker.js";
import { imageBiases } from "./mask-biases.js";
import { readCaptions } from "./read-captions.js";
import { idTensor, type RunResults, type RuntimeTensor, Session } from "./session.js";

export class SparseWalker extends CodeWalker {
  readonly config: TransformerConfig;
  readonly codeCount: number;
  readonly imageCodes: number;
  readonly #session: Session;
  readonly #layout: CacheLayout;
  /** By image state, made once. */
  readonly #biases: readonly Record<string, RuntimeTensor>[];
  /** Of the last walk that ended, for the next one of its size: fresh memory is slow at first, and slow to be freed. */
  #spareCaches: DecodeCaches[] = [];
  #isDisposed = false;

  private constructor(session: Session, config: TransformerConfig) {
    super();
    this.config = config;
    this.codeCount = imageStates(config);
    this.imageCodes = config.imageCodes;
    this.#session = session;
    this.#layout = sparseLayout(config);
    this.#biases = Array.from({ length: this.codeCount }, (_, index) =>
      imageBiases(this.#layout, index),
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
    const texts = captions.map((tokens) => textStream(this.config, tokens));
    const runs = await readCaptions(this.#session, this.#layout, texts);
    caches.storeText((entry) => captionOf[entry]!, runs.map(freshOf));
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
    const results = await this.#session.run({
      ids: idTensor(ids, [ids.length, 1]),
      positions: idTensor([imagePosition(this.config, index)], [1]),
      ...this.#biases[index],
      ...caches.inputs(index),
    });
    caches.storeImage(index, freshOf(results));
    return results;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true; // a walk under way must not give its caches back
    this.#spareCaches = [];
    await this.#session[Symbol.asyncDispose]();
  }
}
