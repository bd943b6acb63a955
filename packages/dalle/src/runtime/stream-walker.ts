/**
 * @file Draws codes on the transformers of public checkpoints that have caption and picture in one stream: the caption's
 * states are read once, then one image state a code, each with caches of what its layers can see.
 */

import { type StreamModelConfig, type StreamPlan, streamPlan } from "@dalle-ts/models";
import type { Device } from "../engine.js";
import type { ModelFiles } from "../model-folder/model-folder.js";
import { type CacheLayout, planLayout } from "./cache-layout.js";
import { DecodeCaches, freshOf, imageBias, textBias } from "./caches.js";
import { CodeWalker, type Decoding } from "./code-walker.js";
import { disposeAll } from "./dispose-all.js";
import { repeatRows } from "./repeat-rows.js";
import { type RunResults, type RuntimeTensor, runtimeTensor, Session } from "./session.js";
import { ShiftedTokens } from "./shifted-tokens.js";

export class StreamWalker extends CodeWalker {
  readonly config: StreamModelConfig;
  readonly states: number;
  readonly imageCodes: number;
  readonly #plan: StreamPlan;
  readonly #layout: CacheLayout;
  /** Reads captions. */
  readonly #reader: Session;
  /** Draws codes. */
  readonly #drawer: Session;
  /** By image state and kind of mask, made when they are first needed. */
  readonly #biases: Record<string, RuntimeTensor>[] = [];

  private constructor(reader: Session, drawer: Session, config: StreamModelConfig) {
    super();
    this.config = config;
    this.#plan = streamPlan(config);
    this.#layout = planLayout(this.#plan);
    this.states = this.#plan.gridSide ** 2;
    this.imageCodes = this.#plan.imageCodes;
    this.#reader = reader;
    this.#drawer = drawer;
  }

  /** files: where transformer.onnx is, and where tokens are shifted caption.onnx too. */
  static async open(
    files: ModelFiles,
    config: StreamModelConfig,
    device: Device = "cpu",
  ): Promise<StreamWalker> {
    const isShifted = config.family === "axial" && config.tokenShift;
    const graphs = ["transformer.onnx", ...(isShifted ? ["caption.onnx"] : [])];
    const [drawer, reader = drawer] = await Session.openAll(files, graphs, device);
    return new StreamWalker(reader!, drawer!, config);
  }

  protected async begin(
    captions: readonly (readonly number[])[],
    captionOf: readonly number[],
  ): Promise<Decoding> {
    const { startsInCaption, textIds, textPositions } = this.#plan;
    let caches = new DecodeCaches(this.#layout, captionOf.length);
    let shifted = new ShiftedTokens(this.config, captionOf.length);
    let captionsRead = captionOf;
    const captionIds = captions.map((tokens) => this.#plan.captionIds(tokens));
    const first = await this.#readCaptions(captionIds, captionOf, caches);

    const run = async (state: number, ids: readonly number[], position: number) => {
      const results = await this.#drawer.run({
        ids: runtimeTensor(BigInt64Array.from(ids, BigInt), [ids.length, 1]),
        positions: runtimeTensor(BigInt64Array.of(BigInt(position)), [1]),
        ...this.#biasesOf(state),
        ...caches.inputs(state),
        ...shifted.inputs(state),
      });
      caches.storeImage(state, freshOf(results));
      shifted.store(state, results);
      return results.logits!.data as Float32Array; // [batch, 1, K]
    };
    const step = async (index: number, codes: readonly ArrayLike<number>[]) => {
      if (index > 0) {
        const ids = codes.map((known) => textIds + known[index - 1]!);
        const state = startsInCaption ? index : index - 1;
        return run(state, ids, textPositions + index - 1);
      }
      if (!startsInCaption) return repeatRows(first, captionsRead);
      const lasts = captionsRead.map((caption) => captionIds[caption]!.at(-1)!);
      return run(0, lasts, textPositions - 1);
    };
    return {
      step,
      copyEntries: (sources) => {
        caches.copyEntries(sources);
        shifted.copyEntries(sources);
      },
      select: (entries) => {
        caches = caches.select(entries);
        shifted = shifted.select(entries);
        captionsRead = entries.map((entry) => captionsRead[entry]!);
      },
    };
  }

  #biasesOf(state: number): Record<string, RuntimeTensor> {
    this.#biases[state] ??= Object.fromEntries(
      [...new Set(this.#layout.kinds)].map((kind) => {
        const bias = imageBias(this.#layout, kind, state);
        return [`bias_${kind}`, runtimeTensor(bias, [1, bias.length])];
      }),
    );
    return this.#biases[state]!;
  }

  /**
   * Runs the states of each caption that all of the picture sees, once, and stores them for the batch entries that use them.
   * → for each caption the logits of its last state.
   */
  async #readCaptions(
    captions: readonly (readonly number[])[],
    captionOf: readonly number[],
    caches: DecodeCaches,
  ): Promise<Float32Array[]> {
    const { textStates: length, kinds } = this.#layout;
    const positions = BigInt64Array.from({ length }, (_, state) => BigInt(state));
    const biases = [...new Set(kinds)].map((kind) => {
      const bias = textBias(this.#layout, kind);
      return [`bias_${kind}`, runtimeTensor(bias, [length, bias.length / length])];
    });
    const runs: RunResults[] = [];
    for (const ids of captions)
      runs.push(
        await this.#reader.run({
          ids: runtimeTensor(BigInt64Array.from(ids.slice(0, length), BigInt), [1, length]),
          positions: runtimeTensor(positions, [length]),
          ...Object.fromEntries(biases),
          ...new DecodeCaches(this.#layout, 1).inputs(0),
        }),
      );
    caches.storeText((entry) => captionOf[entry]!, runs.map(freshOf));
    return runs.map(({ logits }) => (logits!.data as Float32Array).slice(-this.imageCodes));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await disposeAll([this.#drawer, this.#reader]); // one session may be both
  }
}
