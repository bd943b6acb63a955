/** @file A trained dVAE's encoder from either kind of folder: a training run (libtorch) or a model (ONNX Runtime). */
import type { PictureEncoder } from "@dalle-ts/data";
import { codeGrid, encodesPictures, gridSide } from "@dalle-ts/models";
import { DalleError } from "@dalle-ts/tensor";
import { checkDevice } from "@dalle-ts/torch";
import { DvaeRuntime, readModelFolder } from "dalle-ts/parts";
import { disposeParameters } from "../parameters.js";
import { dvaeHash, isModelFolder } from "../run/model-parts.js";
import { openDvaeRun } from "../run/run-folder.js";
import { encodePictures } from "./encode-pictures.js";

export interface OpenPictureEncoder extends PictureEncoder, AsyncDisposable {}

/** `device` is for runs only. */
export async function openPictureEncoder(
  folder: string,
  device = "cpu",
): Promise<OpenPictureEncoder> {
  if (await isModelFolder(folder)) return openModelEncoder(folder);
  return openRunEncoder(folder, checkDevice(device));
}

async function openRunEncoder(folder: string, device: string): Promise<OpenPictureEncoder> {
  const { config, parameters, hash } = await openDvaeRun(folder, device);
  return {
    sha256: hash,
    imageSize: config.imageSize,
    gridSide: gridSide(config),
    codes: config.codes,
    encode: async (pixels, count) => encodePictures({ config, parameters }, pixels, count, device),
    [Symbol.asyncDispose]: async () => {
      disposeParameters(parameters);
    },
  };
}

async function openModelEncoder(folder: string): Promise<OpenPictureEncoder> {
  const { config } = await readModelFolder(folder);
  if (!config.dvae || !encodesPictures(config.dvae)) {
    throw new DalleError(
      "unsupported",
      `The model ${folder} cannot turn pictures into codes; give one that can.`,
    );
  }
  const dvae = new DvaeRuntime(folder, config.dvae);
  const { imageSize, codes, side } = codeGrid(config.dvae);
  const bytes = imageSize * imageSize * 3;
  return {
    sha256: dvaeHash(config),
    imageSize,
    gridSide: side,
    codes,
    async encode(pixels, count) {
      const all: Int32Array[] = [];
      for (let index = 0; index < count; index++) {
        const image = pixels.subarray(index * bytes, (index + 1) * bytes);
        all.push(await dvae.encode({ width: imageSize, height: imageSize, pixels: image }));
      }
      return Uint16Array.from(all.flatMap((codesOf) => Array.from(codesOf)));
    },
    [Symbol.asyncDispose]: () => dvae[Symbol.asyncDispose](),
  };
}
