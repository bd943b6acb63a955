/**
 * @file CLIP on ONNX Runtime: pictures and captions to embeddings of length 1, whose dot product says how well they match.
 * Pictures are embedded one at a time, so that no score depends on the batch.
 */
import { type ClipConfig, clipText } from "@dalle-ts/models";
import type { DalleImage } from "../images/image.js";
import { planesFromImage } from "../images/planes.js";
import { resizeSquare } from "../images/resize.js";
import type { ModelFiles } from "../model-folder/model-folder.js";
import { disposeAll } from "./dispose-all.js";
import { LazySession } from "./lazy-session.js";
import { idTensor, runtimeTensor } from "./session.js";

export class ClipRuntime implements AsyncDisposable {
  readonly config: ClipConfig;
  readonly #image: LazySession;
  readonly #text: LazySession;

  /** files: where clip-image.onnx and clip-text.onnx are. */
  constructor(files: ModelFiles, config: ClipConfig) {
    this.config = config;
    this.#image = new LazySession(files, "clip-image.onnx");
    this.#text = new LazySession(files, "clip-text.onnx");
  }

  /** A square picture of any size → its embedding. */
  async embedImage(image: DalleImage): Promise<Float32Array> {
    const { imageSize } = this.config.image;
    const isSquare = image.width === image.height;
    const resized = isSquare ? resizeSquare(image, imageSize) : image;
    const planes = planesFromImage(resized, imageSize); // refuses what is no square
    const results = await this.#image.run({
      pixels: runtimeTensor(planes, [1, 3, imageSize, imageSize]),
    });
    return results.embedding!.data as Float32Array;
  }

  /** Text ids → the caption's embedding; what is longer than the tower reads is left out. */
  async embedTokens(tokens: readonly number[]): Promise<Float32Array> {
    const { states } = this.config.text;
    const { ids, end } = clipText(this.config.text, tokens);
    const ends = new Float32Array(states);
    ends[end] = 1;
    const results = await this.#text.run({
      ids: idTensor(ids, [1, states]),
      ends: runtimeTensor(ends, [1, states]),
    });
    return results.embedding!.data as Float32Array;
  }

  /** Whether the weights in this file are loaded. */
  holds(file: string): boolean {
    return this.#image.holds(file) || this.#text.holds(file);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await disposeAll([this.#image, this.#text]);
  }
}

/** The cosine of two embeddings of length 1, in [−1, 1]. */
export function cosineOf(left: Float32Array, right: Float32Array): number {
  return left.reduce((sum, value, axis) => sum + value * right[axis]!, 0);
}
