/** @file The transformers that draw a picture's codes for a caption, under one name: what they differ in is said by `family`. */
import {
  type AxialTransformerConfig,
  checkAxialTransformerConfig,
} from "./axial-transformer/config.js";
import { requireIntegers } from "./config-integers.js";
import {
  checkDenseTransformerConfig,
  type DenseTransformerConfig,
} from "./dense-transformer/config.js";
import { checkEncoderDecoderConfig, type EncoderDecoderConfig } from "./encoder-decoder/config.js";
import {
  checkSandwichTransformerConfig,
  type SandwichTransformerConfig,
} from "./sandwich-transformer/config.js";
import {
  axialPlan,
  type DenseText,
  densePlan,
  type SandwichText,
  type StreamPlan,
  sandwichPlan,
} from "./stream-plan.js";
import { checkTransformerConfig, type TransformerConfig } from "./transformer/config.js";

/** Those of public checkpoints that draw from one stream. */
export type StreamModelConfig =
  | (DenseTransformerConfig & DenseText & { readonly family: "dense" })
  | (SandwichTransformerConfig & SandwichText & { readonly family: "sandwich" })
  | (AxialTransformerConfig & { readonly family: "axial" });

/** No family: the paper's transformer. */
export type CodeModelConfig =
  | (TransformerConfig & { readonly family?: undefined })
  | (EncoderDecoderConfig & { readonly family: "encoder-decoder" })
  | StreamModelConfig;

export function streamPlan(config: StreamModelConfig): StreamPlan {
  switch (config.family) {
    case "dense":
      return densePlan(config);
    case "sandwich":
      return sandwichPlan(config);
    case "axial":
      return axialPlan(config);
  }
}

/** Caption tokens that the model reads, at most. */
export function captionLimit(config: CodeModelConfig): number {
  // A start or an end that is among the text states takes one of them.
  if (config.family === "encoder-decoder" && config.keepsTextEnd) return config.textStates - 2;
  const isWhole = config.family === "dense" || config.family === "axial";
  return isWhole ? config.textStates : config.textStates - 1;
}

/** "8 layers, width 256, 4 heads" */
export function describeCodeModel(config: CodeModelConfig): string {
  return `${layersOf(config)} layers, width ${config.width}, ${config.heads} heads`;
}

function layersOf(config: CodeModelConfig): string {
  if (config.family === "axial") return String(config.masks.length);
  if (config.family === "encoder-decoder")
    return `${config.encoderLayers} + ${config.decoderLayers}`;
  return String(config.layers);
}

/** Refuses impossible dimensions by name. */
export function checkCodeModel(config: CodeModelConfig): void {
  switch (config.family) {
    case undefined:
      return void checkTransformerConfig(config);
    case "encoder-decoder": {
      const { family: _, ...sizes } = config;
      return void checkEncoderDecoderConfig(sizes);
    }
    case "dense": {
      const { family: _, padding, ...sizes } = config;
      requireIntegers("denseTransformer", { padding }, ["padding"]);
      return void checkDenseTransformerConfig(sizes);
    }
    case "sandwich": {
      const { family: _, textStart, textEnd, ...sizes } = config;
      const ends = { textStart, textEnd };
      requireIntegers("sandwichTransformer", ends, Object.keys(ends));
      return void checkSandwichTransformerConfig(sizes);
    }
    case "axial": {
      const { family: _, ...sizes } = config;
      return void checkAxialTransformerConfig(sizes);
    }
  }
}
