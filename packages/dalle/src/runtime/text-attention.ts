/** @file The transformer's explaining graph on ONNX Runtime: what each code of a finished picture looked at in its caption. */
import { streamStates, type TransformerConfig, wholeStream } from "@dalle-ts/models";
import type { ModelFiles } from "../model-folder/model-folder.js";
import { LazySession } from "./lazy-session.js";
import { idTensor } from "./session.js";

export class TextAttentionRuntime implements AsyncDisposable {
  readonly config: TransformerConfig;
  readonly #session: LazySession;

  /** files: where transformer-explain.onnx is. */
  constructor(files: ModelFiles, config: TransformerConfig) {
    this.config = config;
    this.#session = new LazySession(files, "transformer-explain.onnx");
  }

  /**
   * tokens: at most textStates − 1; codes: of a whole picture, in raster order → [codes, textStates], the softmax weights
   * averaged over heads and layers. Rows sum to at most 1; the rest went to codes.
   */
  async read(tokens: readonly number[], codes: ArrayLike<number>): Promise<Float32Array> {
    const { config } = this;
    const { ids, positions } = wholeStream(config, tokens, codes);
    const results = await this.#session.run({
      ids: idTensor(ids, [1, streamStates(config)]),
      positions: idTensor(positions, [streamStates(config)]),
    });
    return results.attention!.data as Float32Array;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session[Symbol.asyncDispose]();
  }
}
