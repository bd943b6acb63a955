/**
 * @file The dVAE on ONNX Runtime: pictures to codes and back, one picture at a time so that no picture's bytes depend
 * on the batch.
 */
import { codeGrid, encodesPictures, type PictureCodecConfig } from "@dalle-ts/models";
import { DalleError } from "@dalle-ts/tensor";
import type { DalleImage } from "../images/image.js";
import { imageFromPlanes, planesFromImage, requireSize } from "../images/planes.js";
import type { ModelFiles } from "../model-folder/model-folder.js";
import { disposeAll } from "./dispose-all.js";
import { LazySession } from "./lazy-session.js";
import { idTensor, runtimeTensor } from "./session.js";

export class DvaeRuntime implements AsyncDisposable {
  readonly config: PictureCodecConfig;
  readonly #encoder: LazySession;
  readonly #decoder: LazySession;

  /** files: where dvae-encoder.onnx and dvae-decoder.onnx are. */
  constructor(files: ModelFiles, config: PictureCodecConfig) {
    this.config = config;
    this.#encoder = new LazySession(files, "dvae-encoder.onnx");
    this.#decoder = new LazySession(files, "dvae-decoder.onnx");
  }

  /**
   * A picture of config.imageSize² → its codes in raster order. Of one that brings codes which give its very pixels, those: some
   * of what the encoder reads in the pixels of a drawn picture are others, nearly as likely.
   */
  async encode(image: DalleImage): Promise<Int32Array> {
    const { imageSize } = this.config;
    const { codes, pixels } = requireSize(image, imageSize);
    if (codes && this.#fits(codes)) {
      const drawn = await this.decode(codes);
      if (drawn.pixels.every((value, index) => value === pixels[index]))
        return Int32Array.from(codes);
    }
    if (!encodesPictures(this.config))
      throw new DalleError(
        "unsupported",
        "The model reads no pictures but those that it drew, which bring their codes: the files that it was imported from hold no encoder; use another model for this one.",
      );
    const planes = planesFromImage(image, imageSize);
    const results = await this.#encoder.run({
      pixels: runtimeTensor(planes, [1, 3, imageSize, imageSize]),
    });
    return Int32Array.from(results.codes!.data as BigInt64Array, Number);
  }

  /**
   * Codes in raster order → the picture; of fewer rows than the grid has, where it `decodesRows`, a picture as high as
   * they are.
   */
  async decode(codes: ArrayLike<number>): Promise<DalleImage> {
    const { side } = codeGrid(this.config);
    const results = await this.#decoder.run({
      codes: idTensor(codes, [1, codes.length / side, side]),
    });
    return imageFromPlanes(results.pixels!.data as Float32Array, this.config.imageSize);
  }

  /** Whether they can be a whole picture's. */
  #fits(codes: Int32Array): boolean {
    const { side, codes: count } = codeGrid(this.config);
    return codes.length === side * side && codes.every((code) => code >= 0 && code < count);
  }

  /** Whether rows of the grid can be decoded without the others. */
  async decodesRows(): Promise<boolean> {
    return !(await this.#decoder.isFixed("codes", 1));
  }

  /** Whether the weights in this file are loaded. */
  holds(file: string): boolean {
    return this.#encoder.holds(file) || this.#decoder.holds(file);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await disposeAll([this.#encoder, this.#decoder]);
  }
}
