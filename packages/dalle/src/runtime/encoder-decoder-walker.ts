/**
 * @file Draws codes on an encoder-decoder [SPEC §7.3]: the encoder's graph runs once a caption and gives what every layer of
 * the decoder attends to of it; the decoder's graph runs once a code.
 */

import { type EncoderDecoderConfig, MASKED } from "@dalle-ts/models";
import type { Device } from "../engine.js";
import type { ModelFiles } from "../model-folder/model-folder.js";
import { freshOf } from "./caches.js";
import { CodeWalker, type Decoding } from "./code-walker.js";
import { disposeAll } from "./dispose-all.js";
import { GrowingCaches } from "./growing-caches.js";
import { repeatRows } from "./repeat-rows.js";
import {
  idTensor,
  type RunResults,
  type RuntimeTensor,
  runtimeTensor,
  Session,
} from "./session.js";

export class EncoderDecoderWalker extends CodeWalker {
  readonly config: EncoderDecoderConfig;
  readonly codeCount: number;
  readonly imageCodes: number;
  readonly #encoder: Session;
  readonly #decoder: Session;

  private constructor(encoder: Session, decoder: Session, config: EncoderDecoderConfig) {
    super();
    this.config = config;
    this.codeCount = config.imageStates;
    this.imageCodes = config.imageCodes;
    this.#encoder = encoder;
    this.#decoder = decoder;
  }

  /** files: where text-encoder.onnx and transformer.onnx are. */
  static async open(
    files: ModelFiles,
    config: EncoderDecoderConfig,
    device: Device = "cpu",
  ): Promise<EncoderDecoderWalker> {
    const graphs = ["text-encoder.onnx", "transformer.onnx"];
    const [encoder, decoder] = await Session.openAll(files, graphs, device);
    return new EncoderDecoderWalker(encoder!, decoder!, config);
  }

  protected async begin(
    captions: readonly (readonly number[])[],
    captionOf: readonly number[],
  ): Promise<Decoding> {
    const { heads, width, decoderLayers: layers } = this.config;
    const batch = captionOf.length;
    let caches = new GrowingCaches({ layers, batch, heads, headSize: width / heads });
    let captionsRead = captionOf;
    const textOf = await this.#readCaptions(captions);
    let text = textOf(captionsRead);
    return {
      step: async (index, codes) => {
        const ids = codes.map((known) => (index === 0 ? this.config.start : known[index - 1]!));
        const results = await this.#decoder.run({
          ids: idTensor(ids, [ids.length, 1]),
          positions: idTensor([index], [1]),
          ...caches.inputs(index),
          ...text,
        });
        caches.store(index, freshOf(results));
        return results.logits!.data as Float32Array; // [batch, 1, K]
      },
      copyEntries: (sources) => caches.copyEntries(sources),
      select: (entries) => {
        caches = caches.select(entries);
        captionsRead = entries.map((entry) => captionsRead[entry]!);
        text = textOf(captionsRead);
      },
    };
  }

  /** → the decoder's inputs that stay the same for all codes of a batch, of which entry n has caption captionOf[n]. */
  async #readCaptions(
    captions: readonly (readonly number[])[],
  ): Promise<(captionOf: readonly number[]) => Record<string, RuntimeTensor>> {
    const { textStates, padding } = this.config;
    const rows = captions.map((tokens) => captionIds(this.config, tokens));
    const runs: RunResults[] = [];
    for (const ids of rows)
      runs.push(
        await this.#encoder.run({
          ids: idTensor(ids, [1, textStates]),
        }),
      );
    const biases = rows.map((ids) => Float32Array.from(ids, (id) => (id === padding ? MASKED : 0)));
    return (captionOf) => {
      const batch = captionOf.length;
      const inputs: Record<string, RuntimeTensor> = {
        text_bias: runtimeTensor(repeatRows(biases, captionOf), [batch, 1, 1, textStates]),
      };
      for (const [name, { dims }] of Object.entries(runs[0]!)) {
        const data = repeatRows(
          runs.map((run) => run[name]!.data as Float32Array),
          captionOf,
        );
        inputs[name] = runtimeTensor(data, [batch, ...dims.slice(1)]);
      }
      return inputs;
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await disposeAll([this.#encoder, this.#decoder]);
  }
}

/** A caption between start and end, cut to the text states as the reference cuts it, or filled up with padding. */
function captionIds(config: EncoderDecoderConfig, tokens: readonly number[]): number[] {
  const { textStates, textStart, textEnd, padding } = config;
  const ids = [textStart, ...tokens, textEnd].slice(0, textStates);
  return [...ids, ...Array<number>(textStates - ids.length).fill(padding)];
}
