/** @file Pixels to codes and back by a trained dVAE on libtorch, without gradients or Gumbel noise [SPEC §2.4]. */
import {
  type BlockPrecision,
  type DvaeConfig,
  decodeCodes,
  encoder,
  mapPixels,
  pixelsFromDecoder,
} from "@dalle-ts/models";
import { aten, noGradient, type TorchTensor, tidy } from "@dalle-ts/torch";
import { type TorchParameters, treeOf } from "../parameters.js";

interface Dvae {
  readonly config: DvaeConfig;
  readonly parameters: TorchParameters;
}

/** pixels: [N, C, P, P] in [0, 1], of any size, → [N, S, S] of i64: the likeliest code of each cell. */
export function codesFromPixels(
  { config, parameters }: Dvae,
  pixels: TorchTensor,
  precision: BlockPrecision = "f32",
): TorchTensor {
  return noGradient(() =>
    tidy(() => {
      const mapped = mapPixels(resizePixels(pixels, config.imageSize));
      return encoder(treeOf(parameters).at("encoder"), config, mapped, precision).argmax(-1);
    }),
  );
}

/** codes: [N, S, S] of i64 → [N, C, P, P] in [0, 1], of the dVAE's size. */
export function pixelsFromCodes(
  { config, parameters }: Dvae,
  codes: TorchTensor,
  precision: BlockPrecision = "f32",
): TorchTensor {
  return noGradient(() =>
    tidy(() => {
      const decoded = decodeCodes(treeOf(parameters).at("decoder"), config, codes, precision);
      return aten("aten::clamp", pixelsFromDecoder(decoded), 0, 1);
    }),
  );
}

/** Pictures as they come back from a dVAE, in the size and the order that they are given in. [N, C, P, P] in [0, 1] */
export function reconstructPixels(
  dvae: Dvae,
  pixels: TorchTensor,
  precision: BlockPrecision,
): TorchTensor {
  return noGradient(() =>
    tidy(() => {
      const drawn = pixelsFromCodes(dvae, codesFromPixels(dvae, pixels, precision), precision);
      return resizePixels(drawn, pixels.shape[2]!);
    }),
  );
}

/** Each new pixel is the mean of those that it covers. */
function resizePixels(pixels: TorchTensor, size: number): TorchTensor {
  if (pixels.shape[2] === size) return pixels;
  return aten("aten::adaptive_avg_pool2d", pixels, [size, size]);
}
