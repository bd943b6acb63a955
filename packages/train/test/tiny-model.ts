/**
 * @file A model folder with random weights, for tests of everything that needs a model and not a good one. Made without
 * libtorch in well under a second; the same options give the same weights.
 */
import { WORLD_VERSION } from "@dalle-ts/data";
import {
  type ClipConfig,
  clipSpecs,
  type DvaeConfig,
  dvaeSpecs,
  gridSide,
  type TransformerConfig,
  transformerSpecs,
} from "@dalle-ts/models";
import type { ParameterSpec, WeightFormat } from "@dalle-ts/tensor";
import { exportModel, type HostParameter, type TrainedModelConfig } from "@dalle-ts/train";
import { CaptionTokenizer, SeededRandom } from "dalle-ts/parts";
import { tokenizerText } from "../src/tokenizer/tokenizer-json.js";
import { trainTokenizer } from "../src/tokenizer/train-tokenizer.js";

export interface TinyModelOptions {
  /** Side of the picture in pixels; judges need a multiple of 64. @default 64 */
  readonly imageSize?: number;
  /** Groups of the dVAE; g of them give imageSize / 2^(g − 1) codes a side. @default 4, so 8 × 8 codes at 64 pixels */
  readonly groups?: number;
  /** @default "f32" */
  readonly weightFormat?: WeightFormat;
  /** Whether it can rerank and score. @default true */
  readonly clip?: boolean;
  /** Factor on the image logits: at 1 all codes are about equally likely, whatever came before. @default 1 */
  readonly logitScale?: number;
  /** Of the painted world, that it says it was taught with. @default blocks and objects */
  readonly families?: readonly string[];
}

/** Writes the folder and returns its config: 16 codes, 2 layers of width 16, 12 text states, 280 tokens at most. */
export async function writeTinyModel(
  folder: string,
  {
    imageSize = 64,
    groups = 4,
    weightFormat = "f32",
    clip = true,
    logitScale = 1,
    families = ["blocks", "objects"],
  }: TinyModelOptions = {},
): Promise<TrainedModelConfig> {
  const tokenizer = tokenizerText(trainTokenizer(captions, { vocabularySize: 280 }));
  const dvae: DvaeConfig = {
    imageSize,
    channels: 3,
    patch: 1,
    centred: false,
    codes: 16,
    hidden: 4,
    codeWidth: 8,
    groups,
    blocksPerGroup: 1,
    residualGain: 1 / groups,
  };
  const transformer: TransformerConfig = {
    layers: 2,
    width: 16,
    heads: 2,
    headSize: 8,
    textStates: 12,
    textVocabulary: CaptionTokenizer.fromJson(tokenizer).vocabularySize,
    imageCodes: dvae.codes,
    gridRows: gridSide(dvae),
    gridColumns: gridSide(dvae),
    convolutionKernel: 3,
  };
  const clipConfig: ClipConfig = {
    embedding: 8,
    image: {
      layers: 1,
      width: 16,
      heads: 2,
      imageSize,
      patch: 8,
      mean: [0.5, 0.5, 0.5],
      deviation: [0.25, 0.25, 0.25],
    },
    text: {
      layers: 1,
      width: 16,
      heads: 2,
      states: 12,
      vocabulary: transformer.textVocabulary,
    },
  };
  return exportModel(folder, {
    name: "tiny",
    dvae: { config: dvae, parameters: randomParameters(dvaeSpecs(dvae), 1) },
    transformer: {
      config: transformer,
      parameters: randomParameters(transformerSpecs(transformer), 2).map((parameter) =>
        parameter.name === "image.head.weight"
          ? { ...parameter, data: parameter.data.map((weight) => weight * logitScale) }
          : parameter,
      ),
    },
    ...(clip && {
      clip: { config: clipConfig, parameters: randomParameters(clipSpecs(clipConfig), 3) },
    }),
    tokenizer,
    trainedOn: "nothing: its weights are random",
    world: [{ families: [...families], seed: 1, pictures: 10, version: WORLD_VERSION }],
    weightFormat,
  });
}

const captions = [
  "a small red block sitting on a large green block",
  "a striped yellow pillow shaped like a hexagon",
  "a small blue cube next to a large red cylinder",
];

/** Fresh parameters as their specs say. */
export function randomParameters(specs: readonly ParameterSpec[], seed: number): HostParameter[] {
  const { next } = new SeededRandom(seed);
  // Box and Muller; 1 − next() is never 0.
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return specs.map(({ name, shape, init }) => {
    const length = shape.reduce((a, b) => a * b, 1);
    const draw = "normal" in init ? () => normal() * init.normal : () => init.fill;
    return { name, shape, dtype: "f32", data: Float32Array.from({ length }, draw) };
  });
}
