/** @file The text half of the transformer on ONNX Runtime: what token may come next in captions. */
import { type TransformerConfig, textStream } from "@dalle-ts/models";
import type { ModelFiles } from "../model-folder/model-folder.js";
import { LazySession } from "./lazy-session.js";
import { idTensor } from "./session.js";

export class CaptionLogitsRuntime implements AsyncDisposable {
  readonly config: TransformerConfig;
  readonly #session: LazySession;

  /** files: where transformer-text.onnx is. */
  constructor(files: ModelFiles, config: TransformerConfig) {
    this.config = config;
    this.#session = new LazySession(files, "transformer-text.onnx");
  }

  /**
   * captions: of one number of tokens, at most textStates − 1 → for each the logits of its next token: textVocabulary + 1
   * numbers, the last for the caption's end.
   */
  async next(captions: readonly (readonly number[])[]): Promise<Float32Array[]> {
    const { textStates: states, textVocabulary } = this.config;
    const texts = captions.map((tokens) => textStream(this.config, tokens));
    const ids = texts.flatMap((text) => text.ids);
    const results = await this.#session.run({
      ids: idTensor(ids, [captions.length, states]),
      positions: idTensor(texts[0]!.positions, [states]),
    });
    const logits = results.logits!.data as Float32Array; // [N, T, V + 1]
    const width = textVocabulary + 1;
    return captions.map((tokens, caption) => {
      const start = (caption * states + tokens.length) * width; // state 0 predicts token 0
      return logits.subarray(start, start + width);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session[Symbol.asyncDispose]();
  }
}
