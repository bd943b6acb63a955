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
import { runtimeTensor } from "./session.js";

export class DvaeRuntime implements AsyncDisposable {
  readonly config: PictureCodecConfig;
  readonly #encoder: LazySession;
  readonly #decoder: LazySession;
  /** Of the pictures that were drawn here, by their pixels, and a copy of those: they may be painted over. */
  readonly #drawn = new WeakMap<Uint8Array, { codes: Int32Array; pixels: Uint8Array }>();

  /** files: where dvae-encoder.onnx and dvae-decoder.onnx are. */
  constructor(files: ModelFiles, config: PictureCodecConfig) {
    this.config = config;
    this.#encoder = new LazySession(files, "dvae-encoder.onnx");
    this.#decoder = new LazySession(files, "dvae-decoder.onnx");
  }

  /**
   * A picture of config.imageSize² → its codes in raster order. Of one that was drawn here, as long as it is in memory and not
   * painted over, those that it was drawn with: some of what the encoder reads in its pixels are others, nearly as likely.
   */
  async encode(image: DalleImage): Promise<Int32Array> {
    const { imageSize } = this.config;
    if (!encodesPictures(this.config))
      throw new DalleError(
        "unsupported",
        "The model can draw pictures but not read them: the files that it was imported from hold no encoder; use another model for this.",
      );
    const drawn = this.#drawn.get(requireSize(image, imageSize).pixels);
    if (drawn?.pixels.every((value, index) => value === image.pixels[index]))
      return Int32Array.from(drawn.codes);
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
    const ids = BigInt64Array.from(Array.from(codes, BigInt));
    const results = await this.#decoder.run({
      codes: runtimeTensor(ids, [1, codes.length / side, side]),
    });
    const image = imageFromPlanes(results.pixels!.data as Float32Array, this.config.imageSize);
    if (image.height === image.width)
      this.#drawn.set(image.pixels, {
        codes: Int32Array.from(codes),
        pixels: Uint8Array.from(image.pixels),
      });
    return image;
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
