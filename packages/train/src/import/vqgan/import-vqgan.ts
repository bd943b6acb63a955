/**
 * @file A VQGAN from a state dict in the names of taming-transformers [SPEC §7.5, §7.6], which every member of the family
 * kept: with a nearest code (minDALL-E), with Gumbel logits (ruDALL-E), and the decoder alone (min-dalle).
 */
import {
  checkVqganConfig,
  type VqganConfig,
  type VqganHalf,
  vqganDecoderSpecs,
  vqganEncoderSpecs,
} from "@dalle-ts/models";
import { branchSpecs, type ParameterSpec } from "@dalle-ts/tensor";
import type { GraphParameter } from "../../export/record.js";
import type { Weights, WeightView } from "../weights.js";
import { decoderName, encoderName } from "./names.js";
import { nearestCodeBias } from "./nearest-code.js";
import { mixesWavelets, waveletOutput } from "./wavelet.js";

export interface ImportedVqgan {
  readonly config: VqganConfig;
  /** Below "encoder" and "decoder"; read from the open file when they are needed. */
  readonly parameters: readonly GraphParameter[];
}

/** What no weight tells. */
export interface VqganFacts {
  /** Side of the pictures that the decoder gives, in pixels. */
  readonly imageSize: number;
  readonly normEpsilon: number;
  readonly pixelRange: VqganConfig["pixelRange"];
}

/** [O, I, 1, 1] → [O, I] */
const withoutPixels: WeightView = (tensor) => tensor.permute([2, 3, 0, 1]).at(0).at(0);

/** weights: the state dict, below any prefix. They must stay readable until the parameters were read. */
export function importVqgan(weights: Weights, facts: VqganFacts): ImportedVqgan {
  const wavelets = mixesWavelets(weights);
  // The wavelet variant wraps its decoder, together with the convolution before it.
  const decoder = wavelets ? weights.at("decoder") : weights;
  const codebook = ["quantize.embedding", "quantize.embed", "embedding"].find((name) =>
    weights.has(`${name}.weight`),
  );
  if (codebook === undefined) throw weights.refuse("has no code book of a VQGAN");
  const config = inferConfig(weights, decoder, `${codebook}.weight`, {
    ...facts,
    patch: wavelets ? 2 : 1,
  });

  const encoderParameter = (spec: ParameterSpec): GraphParameter => {
    const name = spec.name.slice("encoder.".length);
    if (!name.startsWith("codes.")) return weights.parameter(spec, encoderName(name));
    const proj = `quantize.proj.${name.slice("codes.".length)}`;
    if (weights.has(proj))
      return weights.parameter(spec, proj, name.endsWith("weight") ? withoutPixels : undefined);
    if (name.endsWith("weight")) return weights.parameter(spec, `${codebook}.weight`);
    return {
      ...spec,
      data: async () => nearestCodeBias(await weights.read(`${codebook}.weight`), config),
    };
  };
  const decoderParameter = (spec: ParameterSpec): GraphParameter => {
    const name = spec.name.slice("decoder.".length);
    if (name === "codebook.weight") return weights.parameter(spec, `${codebook}.weight`);
    if (wavelets && name.startsWith("output.")) return waveletOutput(decoder, spec);
    const view = name === "unquantize.weight" ? withoutPixels : undefined;
    return decoder.parameter(spec, decoderName(name), view);
  };
  return {
    config,
    parameters: [
      ...branchSpecs("encoder", vqganEncoderSpecs(config)).map(encoderParameter),
      ...branchSpecs("decoder", vqganDecoderSpecs(config)).map(decoderParameter),
    ],
  };
}

/** Side in pixels of the pictures that a grid of `gridSide` codes a side becomes. weights: as for `importVqgan`. */
export function vqganImageSize(weights: Weights, gridSide: number): number {
  const wavelets = mixesWavelets(weights);
  const levels = (wavelets ? weights.at("decoder") : weights).count(/^decoder\.up\.(\d+)\./);
  return gridSide * 2 ** (levels - 1) * (wavelets ? 2 : 1);
}

function inferConfig(
  weights: Weights,
  decoder: Weights,
  codebook: string,
  facts: VqganFacts & { readonly patch: number },
): VqganConfig {
  const [codes, codeWidth] = weights.shape(codebook) as [number, number];
  const latentWidth = decoder.shape("decoder.conv_in.weight")[1]!;
  const outputs = decoder.shape("decoder.conv_out.weight")[0]!;
  const encoder = weights.has("encoder.conv_in.weight")
    ? { encoder: inferHalf(weights.at("encoder"), "down") }
    : {};
  const channels = outputs / facts.patch ** 2;
  weights.requireColours(channels);
  return weights.sized(checkVqganConfig, {
    ...facts,
    channels,
    codes,
    codeWidth,
    latentWidth,
    ...encoder,
    decoder: inferHalf(decoder.at("decoder"), "up"),
  });
}

/** A level halves the sides of the map: sixteen leave nothing of pictures under 32,768 pixels a side. */
const mostLevels = 16;

/** Levels, widths, blocks and attention from the names and shapes of one half. */
function inferHalf(half: Weights, direction: "down" | "up"): VqganHalf {
  const levels = half.count(new RegExp(`^${direction}\\.(\\d+)\\.`));
  // Before the loop, which looks at all names for each of them.
  if (levels > mostLevels) throw half.refuse(`has ${levels} levels in its VQGAN`);
  const resampling = direction === "down" ? "down.0.downsample" : "up.1.upsample";
  if (levels > 1 && !half.has(`${resampling}.conv.weight`))
    throw half.refuse(
      "resizes pictures without convolutions in its VQGAN",
      "give a model whose resamp_with_conv is true, as it is unless said otherwise",
    );
  return {
    inputWidth: half.shape("conv_in.weight")[0]!,
    levels: Array.from({ length: levels }, (_, level) => ({
      width: half.shape(`${direction}.${level}.block.0.conv1.weight`)[0]!,
      blocks: half.count(new RegExp(`^${direction}\\.${level}\\.block\\.(\\d+)\\.`)),
      attention: half.has(`${direction}.${level}.attn.0.norm.weight`),
    })),
  };
}
