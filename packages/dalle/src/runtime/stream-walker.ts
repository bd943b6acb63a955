/**
 * @file Draws codes on the transformers of public checkpoints that have caption and picture in one stream: the caption's
 * states are read once, then one image state a code, each with caches of what its layers can see.
 */

import { type StreamModelConfig, type StreamPlan, streamPlan } from "@dalle-ts/models";
import type { Device } from "../engine.js";
import type { ModelFiles } from "../model-folder/model-folder.js";
import { type CacheLayout, planLayout } from "./cache-layout.js";
import { DecodeCaches, freshOf } from "./caches.js";
import { CodeWalker, type Decoding } from "./code-walker.js";
import { disposeAll } from "./dispose-all.js";
import { imageBiases } from "./mask-biases.js";
import { readCaptions } from "./read-captions.js";
import { repeatRows } from "./repeat-rows.js";
import { idTensor, type RuntimeTensor, Session } from "./session.js";
import { ShiftedTokens } from "./shifted-tokens.js";

export class StreamWalker extends CodeWalker {
  readonly config: StreamModelConfig;
  readonly codeCount: number;
  readonly imageCodes: number;
  readonly #plan: StreamPlan;
  readonly #layout: CacheLayout;
  /** Reads captions. */
  readonly #reader: Session;
  /** Draws codes. */
  readonly #drawer: Session;
  /** By image state, made when they are first needed. */
  readonly #biases: Record<string, RuntimeTensor>[] = [];

  private constructor(reader: Session, drawer: Session, config: StreamModelConfig) {
    super();
    this.config = config;
    this.#plan = streamPlan(config);
    this.#layout = planLayout(this.#plan);
    this.codeCount = this.#plan.gridSide ** 2;
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
    const positions = Array.from({ length: this.#layout.textStates }, (_, state) => state);
    // Without the caption's last state where that is the picture's first.
    const texts = captionIds.map((ids) => ({ ids: ids.slice(0, positions.length), positions }));
    const runs = await readCaptions(this.#reader, this.#layout, texts);
    caches.storeText((entry) => captionOf[entry]!, runs.map(freshOf));
    const first = runs.map(({ logits }) => (logits!.data as Float32Array).slice(-this.imageCodes));

    const run = async (state: number, ids: readonly number[], position: number) => {
      this.#biases[state] ??= imageBiases(this.#layout, state);
      const results = await this.#drawer.run({
        ids: idTensor(ids, [ids.length, 1]),
        positions: idTensor([position], [1]),
        ...this.#biases[state],
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

  async [Symbol.asyncDispose](): Promise<void> {
    await disposeAll([this.#drawer, this.#reader]); // one session may be both
  }
}
