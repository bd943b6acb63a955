/** @file The dVAE on ONNX Runtime: pictures to codes and back, one picture at a time so that no picture's bytes depend on the batch. */
import { join } from "node:path";
import type { DvaeConfig } from "@dalle-ts/models";
import { gridSide } from "@dalle-ts/models";
import type { DalleImage } from "../images/image.js";
import { imageFromPlanes, planesFromImage } from "../images/planes.js";
import { runtimeTensor, Session } from "./session.js";

/** Opens each half when it is first needed: generating needs no encoder. */
export class DvaeRuntime implements AsyncDisposable {
  readonly config: DvaeConfig;
  readonly #folder: string;
  #encoder: Promise<Session> | undefined;
  #decoder: Promise<Session> | undefined;

  /** folder: where dvae-encoder.onnx and dvae-decoder.onnx are. */
  constructor(folder: string, config: DvaeConfig) {
    this.#folder = folder;
    this.config = config;
  }

  /** A picture of config.imageSize² → its codes in raster order. */
  async encode(image: DalleImage): Promise<Int32Array> {
    const { imageSize } = this.config;
    const planes = planesFromImage(image, imageSize);
    this.#encoder ??= Session.open(join(this.#folder, "dvae-encoder.onnx"));
    const results = await (await this.#encoder).run({
      pixels: runtimeTensor(planes, [1, 3, imageSize, imageSize]),
    });
    return Int32Array.from(results.codes!.data as BigInt64Array, Number);
  }

  /** Codes in raster order → the picture. */
  async decode(codes: ArrayLike<number>): Promise<DalleImage> {
    const side = gridSide(this.config);
    this.#decoder ??= Session.open(join(this.#folder, "dvae-decoder.onnx"));
    const ids = BigInt64Array.from(Array.from(codes, BigInt));
    const results = await (await this.#decoder).run({
      codes: runtimeTensor(ids, [1, side, side]),
    });
    return imageFromPlanes(results.pixels!.data as Float32Array, this.config.imageSize);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const session of [this.#encoder, this.#decoder]) {
      await (await session)?.[Symbol.asyncDispose]();
    }
  }
}
