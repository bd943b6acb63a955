/** @file OpenAI's CLIP [SPEC §7.7]: TorchScript archives and state dicts as the CLIP of packages/models. */
import {
  type ClipConfig,
  checkClipConfig,
  clipSpecs,
  clipVitB32,
  type ImageTowerConfig,
} from "@dalle-ts/models";
import { type CheckpointFile, DalleError, type ParameterSpec } from "@dalle-ts/tensor";
import type { GraphParameter } from "../../export/record.js";
import { HEADS_STEP } from "../family-heads.js";
import { Weights, type WeightView } from "../weights.js";
import { convolutionalParameter, inferConvolutional } from "./convolutional.js";
import { clipHeads } from "./heads.js";

export interface ImportedClip {
  readonly config: ClipConfig;
  /** Of `clipSpecs`; read from the open file when they are needed. */
  readonly parameters: readonly GraphParameter[];
  /** Whether the file is one as OpenAI publishes them. Others have the same names and may have been trained otherwise. */
  readonly published: boolean;
}

/** Attention heads of each tower. @default as OpenAI's program counts them */
export interface ClipTowersHeads {
  readonly image?: number | undefined;
  readonly text?: number | undefined;
}

/** files: the one with both towers among them; it must stay open until the parameters were read. */
export function importClip(
  files: readonly CheckpointFile[],
  heads: ClipTowersHeads = {},
): ImportedClip {
  const weights = files.flatMap(findClip)[0];
  if (!weights)
    throw new DalleError(
      "bad_file",
      "clip: none of the files has an image tower of CLIP; give a file such as ViT-B-32.pt.",
    );
  const config = inferConfig(weights, heads);
  const isConvolutional = config.image.family === "convolutional";
  return {
    config,
    parameters: clipSpecs(config).map((spec) =>
      isConvolutional && spec.name.startsWith("image.")
        ? convolutionalParameter(weights, spec)
        : parameter(weights, config, spec),
    ),
    published: weights.has("input_resolution"),
  };
}

/** Trainers keep it among other things, and with a name of their own in front of all. */
function findClip(file: CheckpointFile): Weights[] {
  const first = "visual.conv1.weight";
  const name = [...file.tensors.keys()].find((each) => /(^|\.)visual\.conv1\.weight$/.test(each));
  return name === undefined ? [] : [new Weights(file, name.slice(0, -first.length))];
}

function inferConfig(weights: Weights, heads: ClipTowersHeads): ClipConfig {
  const [tokens, textWidth] = weights.shape("token_embedding.weight") as [number, number];
  const sizes = {
    embedding: weights.shape("text_projection")[1]!,
    image: weights.has("visual.class_embedding")
      ? inferVision(weights, heads.image)
      : inferConvolutional(weights, heads.image),
    text: {
      layers: weights.count(/^transformer\.resblocks\.(\d+)\./),
      width: textWidth,
      heads: heads.text ?? clipHeads(textWidth),
      vocabulary: tokens - 2,
      states: weights.shape("positional_embedding")[0]!,
    },
  };
  return weights.sized(checkClipConfig, sizes, HEADS_STEP);
}

const { mean, deviation } = clipVitB32.image;

function inferVision(weights: Weights, heads: number | undefined): ImageTowerConfig {
  const [width, , patch] = weights.shape("visual.conv1.weight") as [number, number, number];
  const patches = weights.shape("visual.positional_embedding")[0]! - 1;
  return {
    layers: weights.count(/^visual\.transformer\.resblocks\.(\d+)\./),
    width,
    heads: heads ?? clipHeads(width),
    patch,
    mean,
    deviation,
    imageSize: Math.sqrt(patches) * patch,
  };
}

/** The reference multiplies by these from the right. */
const transposed: WeightView = (tensor) => tensor.permute([1, 0]);

function parameter(weights: Weights, config: ClipConfig, spec: ParameterSpec): GraphParameter {
  const { name } = spec;
  const image = config.image as ImageTowerConfig; // else its parameters are not asked for here
  const width = spec.shape.at(-1)!;
  // What the file holds in another shape of the same order.
  const reshaped = (source: string, shape: readonly number[]) => ({
    ...weights.parameter({ ...spec, shape }, source),
    shape: spec.shape,
  });
  switch (name) {
    case "image.patches.weight":
      return reshaped("visual.conv1.weight", [image.width, 3, image.patch, image.patch]);
    case "image.patches.bias":
      return { ...spec, data: () => new Float32Array(width) };
    case "image.class":
      return reshaped("visual.class_embedding", [width]);
    case "log_scale":
      return reshaped("logit_scale", []);
    case "image.projection.weight":
      return weights.parameter(spec, "visual.proj", transposed);
    case "text.projection.weight":
      return weights.parameter(spec, "text_projection", transposed);
    default:
      return weights.parameter(spec, sourceName(name));
  }
}

/** image.layers.0.feed_forward.expand.weight → visual.transformer.resblocks.0.mlp.c_fc.weight */
function sourceName(name: string): string {
  return name
    .replace(/^image\./, "visual.")
    .replace(/^text\.final_norm\./, "ln_final.")
    .replace(/^text\.token$/, "token_embedding.weight")
    .replace(/^text\./, "")
    .replace(/position$/, "positional_embedding")
    .replace(".first_norm.", ".ln_pre.")
    .replace(".final_norm.", ".ln_post.")
    .replace(/\blayers\./, "transformer.resblocks.")
    .replace(".attention.norm.", ".ln_1.")
    .replace(".attention.query_key_value.", ".attn.in_proj_")
    .replace(".attention.output.", ".attn.out_proj.")
    .replace(".feed_forward.norm.", ".ln_2.")
    .replace(".feed_forward.expand.", ".mlp.c_fc.")
    .replace(".feed_forward.contract.", ".mlp.c_proj.");
}
