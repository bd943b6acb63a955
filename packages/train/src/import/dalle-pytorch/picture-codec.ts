/**
 * @file The dVAE that a DALLE-pytorch model draws with, which its file holds too [SPEC §7.2]: the project's own, OpenAI's, or
 * a VQGAN of taming-transformers.
 */
import { type PictureCodecConfig, pixelsPerCode } from "@dalle-ts/models";
import type { CheckpointFile, Shape } from "@dalle-ts/tensor";
import type { ImportedPart } from "../../export/export-imported.js";
import { importOpenAiDvae } from "../openai-dvae/import-openai-dvae.js";
import { decodeOpenAi, encodeOpenAi } from "../openai-dvae/run-openai-dvae.js";
import { importVqgan, vqganImageSize } from "../vqgan/import-vqgan.js";
import { decodeVqgan, encodeVqgan } from "../vqgan/run-vqgan.js";
import { Weights } from "../weights.js";
import { importStridedDvae } from "./import-strided-dvae.js";
import { readPixelScale } from "./pixel-scale.js";
import { decodeStrided, encodeStrided } from "./run-strided-dvae.js";

/** Pictures as codes and back, each run once on ONNX Runtime. */
export interface PictureCodec {
  readonly kind: "own" | "openai" | "vqgan";
  /** As a part of a model folder. */
  readonly part: ImportedPart<PictureCodecConfig>;
  /** pixels: [N, 3, P, P] in [0, 1] → codes [N, S · S]. */
  encode(pixels: { readonly shape: Shape; readonly data: Float32Array }): Promise<BigInt64Array>;
  /** codes: [N, S · S] → pixels [N, 3, P, P], in the range that the reference leaves them in. */
  decode(codes: { readonly shape: Shape; readonly data: BigInt64Array }): Promise<Float32Array>;
}

/** files: dalle.pt, and perhaps vae.pt. Undefined where none of them holds a dVAE. */
export function findPictureCodec(
  files: readonly CheckpointFile[],
  gridSide: number,
): PictureCodec | undefined {
  // A dVAE's arguments have another key in a file of its own.
  const candidates = files.flatMap((file) => [
    { file, weights: new Weights(file, "weights.vae."), key: "vae_params" as const },
    { file, weights: new Weights(file, "weights."), key: "hparams" as const },
  ]);
  const own = candidates.find(({ weights }) => weights.has("codebook.weight"));
  if (own) {
    const dvae = importStridedDvae(own.weights, gridSide, readPixelScale(own.file, own.key));
    return {
      kind: "own",
      part: { ...dvae, config: { family: "strided-dvae", ...dvae.config } },
      encode: (pixels) => encodeStrided(dvae, pixels),
      decode: (codes) => decodeStrided(dvae, codes),
    };
  }
  if (candidates.some(({ weights }) => weights.has("enc.blocks.input.w"))) {
    const { parameters, config } = importOpenAiDvae(files);
    const pixels = gridSide * pixelsPerCode(config);
    const dvae = { parameters, config: { ...config, imageSize: pixels } };
    return {
      kind: "openai",
      part: dvae,
      encode: async (pixels) => (await encodeOpenAi(dvae, pixels)).codes,
      decode: async ({ data }) => {
        const count = data.length / gridSide ** 2;
        return (await decodeOpenAi(dvae, { data, shape: [count, gridSide, gridSide] })).pixels;
      },
    };
  }
  const network = candidates
    .map(({ weights }) => weights.at("model"))
    .find((each) => each.has("decoder.conv_in.weight"));
  if (!network) return undefined;
  const vqgan = importVqgan(network, {
    imageSize: vqganImageSize(network, gridSide),
    normEpsilon: 1e-6,
    pixelRange: "signed",
  });
  return {
    kind: "vqgan",
    part: { ...vqgan, config: { family: "vqgan", ...vqgan.config } },
    encode: async (pixels) => (await encodeVqgan(vqgan, pixels)).codes,
    decode: (codes) => decodeVqgan(vqgan, codes),
  };
}
