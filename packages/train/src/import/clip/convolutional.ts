/** @file The image tower of OpenAI's CLIPs that are called RN, by the names in their files. */
import { type ConvolutionalTowerConfig, clipVitB32 } from "@dalle-ts/models";
import type { ParameterSpec } from "@dalle-ts/tensor";
import type { GraphParameter } from "../../export/record.js";
import type { Weights } from "../weights.js";
import { foldedConvolution } from "./folded-convolution.js";
import { clipHeads } from "./heads.js";

/** A group halves the sides of the map: sixteen leave nothing of pictures under 65,536 pixels a side. */
const mostGroups = 16;

/** heads: of the attention that reads the last map. @default as OpenAI's program counts them */
export function inferConvolutional(
  weights: Weights,
  heads: number | undefined,
): ConvolutionalTowerConfig {
  const [cells, last] = weights.shape("visual.attnpool.positional_embedding") as [number, number];
  const groupCount = weights.count(/^visual\.layer(\d+)\./) - 1;
  // Before the loop, which looks at all names for each of them.
  if (groupCount > mostGroups)
    throw weights.refuse(`has ${groupCount} groups of layers in its image tower`);
  const groups = Array.from({ length: groupCount }, (_, group) =>
    weights.count(new RegExp(`^visual\\.layer${group + 1}\\.(\\d+)\\.`)),
  );
  const { mean, deviation } = clipVitB32.image;
  return {
    family: "convolutional",
    groups,
    width: weights.shape("visual.layer1.0.conv1.weight")[0]!,
    heads: heads ?? clipHeads(last),
    imageSize: Math.sqrt(cells - 1) * 2 ** (groups.length + 1),
    mean,
    deviation,
  };
}

/** image.group_1.block_0.conv_1.weight → visual.layer1.0.conv1 with visual.layer1.0.bn1 */
export function convolutionalParameter(weights: Weights, spec: ParameterSpec): GraphParameter {
  const name = spec.name.replace(/^image\./, "visual.");
  if (name === "visual.pool.position")
    return weights.parameter(spec, "visual.attnpool.positional_embedding");
  const pool = /^visual\.pool\.(query|key|value|output)\.(weight|bias)$/.exec(name);
  if (pool) {
    const letter = pool[1] === "output" ? "c" : pool[1]![0];
    return weights.parameter(spec, `visual.attnpool.${letter}_proj.${pool[2]}`);
  }
  const path = name
    .replace(/\.(weight|bias)$/, "")
    .replace(/group_(\d+)\.block_(\d+)/, "layer$1.$2")
    .replace(/stem_(\d)$/, "conv$1")
    .replace(/conv_(\d)$/, "conv$1");
  return path.endsWith(".shortcut")
    ? folded(weights, spec, path.replace("shortcut", "downsample.0"), "downsample.1")
    : folded(weights, spec, path, `bn${path.at(-1)}`);
}

/** norm: the last part of its name, or the last two. */
function folded(weights: Weights, spec: ParameterSpec, convolution: string, norm: string) {
  const parts = norm.split(".").length;
  const branch = convolution.split(".").slice(0, -parts).join(".");
  return foldedConvolution(weights, spec, convolution, `${branch}.${norm}`);
}
