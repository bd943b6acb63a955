/** @file DALLE-pytorch's dalle.pt [SPEC §7.2], with the dVAE that it holds. */
import {
  type AxialTransformerConfig,
  axialTransformerSpecs,
  checkAxialTransformerConfig,
} from "@dalle-ts/models";
import { type CheckpointFile, DalleError, type ParameterSpec } from "@dalle-ts/tensor";
import type { GraphParameter } from "../../export/record.js";
import { Weights, type WeightView } from "../weights.js";
import { type LayerNames, readLayerNames } from "./layer-names.js";
import { type DallePytorchOptions, dallePytorchOptions } from "./options.js";
import { findPictureCodec, type PictureCodec } from "./picture-codec.js";
import { readRotaryTable, rotaryAngles } from "./rotary-table.js";

export interface ImportedDallePytorch {
  readonly config: AxialTransformerConfig;
  /** Of `axialTransformerSpecs`; read from the open file when they are needed. */
  readonly parameters: readonly GraphParameter[];
  /** Absent where no file holds the dVAE. */
  readonly codec?: PictureCodec;
  /** Of the picture's cross entropy, that of the caption being 1. */
  readonly imageLossWeight: number;
}

const logits = "to_logits.1.weight";

/** files: dalle.pt, and perhaps vae.pt, in any order; they must stay open until the parameters were read. */
export function importDallePytorch(files: readonly CheckpointFile[]): ImportedDallePytorch {
  const file = files.find(({ tensors }) => tensors.has(`weights.${logits}`));
  if (!file)
    throw new DalleError(
      "bad_file",
      `dalle-pytorch: none of the files has "weights.${logits}"; give dalle.pt, or for DeepSpeed's folders the file made of them.`,
    );
  const weights = new Weights(file, "weights.");
  const options = dallePytorchOptions(file);
  const layers = readLayerNames(weights.names);
  const config = inferConfig(weights, options, layers);
  const codec = findPictureCodec(files, config.gridSide);
  return {
    config,
    parameters: axialTransformerSpecs(config).map((spec) =>
      parameter(weights, config, layers, spec),
    ),
    ...(codec ? { codec } : {}),
    imageLossWeight: options.imageLossWeight,
  };
}

function inferConfig(
  weights: Weights,
  options: DallePytorchOptions,
  { byOurs, layers, reversible, tokenShift }: LayerNames,
): AxialTransformerConfig {
  const { heads, headSize, textVocabulary, textStates, masks, stable } = options;
  const [ids, width] = weights.shape(logits) as [number, number];
  if (weights.has("text_emb.weight") && weights.shape("text_emb.weight")[0] === textVocabulary)
    throw weights.refuse(
      "was written by a release before 0.9, whose captions end in no paddings of their own",
      "give a model that a later release has trained",
    );
  const turned = readRotaryTable(weights, textStates);
  const contract = byOurs.get("layers.0.feed_forward.contract.weight");
  if (contract === undefined || layers > byOurs.size)
    throw weights.refuse("has no list of layers of DALLE-pytorch");
  return weights.sized(checkAxialTransformerConfig, {
    width,
    heads,
    headSize,
    textVocabulary,
    textStates,
    stable,
    reversible,
    tokenShift,
    feedForward: weights.shape(contract)[1]!,
    imageCodes: ids - textVocabulary - textStates,
    gridSide: turned?.gridSide ?? weights.shape(gridNames(weights)[0])[1]!,
    masks: Array.from({ length: layers }, (_, layer) => masks[layer % masks.length]!),
    rotary: turned?.rotary ?? 0,
    sandwichNorms: byOurs.has("layers.0.attention.norm_after.weight"),
  });
}

/** Of the vectors of rows and of columns, which two releases of a package name otherwise. */
function gridNames(weights: Weights): [rows: string, columns: string] {
  const separator = weights.has("image_pos_emb.weights.0") ? "." : "_";
  return [`image_pos_emb.weights${separator}0`, `image_pos_emb.weights${separator}1`];
}

/** [1, 1, d] → [d], and [1, 1, side, d] → [side, d] */
const withoutFirstTwo: WeightView = (tensor) => tensor.at(0).at(0);
/** [1, side, 1, d] → [side, d] */
const rowsAlone: WeightView = (tensor) => tensor.permute([0, 2, 1, 3]).at(0).at(0);

function parameter(
  weights: Weights,
  config: AxialTransformerConfig,
  { byOurs }: LayerNames,
  spec: ParameterSpec,
): GraphParameter {
  const { name } = spec;
  if (name.startsWith("layers.")) {
    const source = byOurs.get(name);
    // Releases before the scale add blocks as they are.
    if (source === undefined && name.endsWith(".scale"))
      return { ...spec, data: () => new Float32Array(spec.shape[0]!).fill(1) };
    if (source === undefined) throw weights.refuse(`has no weight for "${name}"`);
    return weights.parameter(spec, source, name.endsWith(".scale") ? withoutFirstTwo : undefined);
  }
  const [rows, columns] = gridNames(weights);
  const textIds = config.textVocabulary + config.textStates;
  switch (name) {
    case "text.tokens.weight":
      return tokens(weights, spec, "text_emb", 0);
    case "image.tokens.weight":
      return tokens(weights, spec, "image_emb", textIds);
    case "text.positions.weight":
      return weights.parameter(spec, "text_pos_emb.weight");
    case "image.rows.weight":
      return weights.parameter(spec, rows, rowsAlone);
    case "image.columns.weight":
      return weights.parameter(spec, columns, withoutFirstTwo);
    case "rotary.cosine":
      return rotaryAngles(weights, spec, Math.cos);
    case "rotary.sine":
      return rotaryAngles(weights, spec, Math.sin);
    default:
      return weights.parameter(spec, name.replace(/^logits\.(norm\.)?/, toLogits));
  }
}

function toLogits(_: string, norm: string | undefined): string {
  return `to_logits.${norm ? 0 : 1}.`;
}

/** A table of its own, or the rows from `first` of the logits' weight, which models may share. */
function tokens(weights: Weights, spec: ParameterSpec, table: string, first: number) {
  if (weights.has(`${table}.weight`)) return weights.parameter(spec, `${table}.weight`);
  return weights.parameter(spec, logits, (tensor) => tensor.rows(first, spec.shape[0]!));
}
