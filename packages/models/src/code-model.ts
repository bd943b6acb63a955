/** @file The transformers that draw a picture's codes for a caption, under one name: what they differ in is said by `family`. */
import { checkEncoderDecoderConfig, type EncoderDecoderConfig } from "./encoder-decoder/config.js";
import {
  checkTransformerConfig,
  imageStates,
  type TransformerConfig,
} from "./transformer/config.js";

/** No family: the paper's transformer. */
export type CodeModelConfig =
  | (TransformerConfig & { readonly family?: undefined })
  | (EncoderDecoderConfig & { readonly family: "encoder-decoder" });

/** Caption tokens that the model reads, at most. */
export function captionLimit(config: CodeModelConfig): number {
  return config.textStates - 1; // one state is the start
}

/** Codes of a picture. */
export function codesPerPicture(config: CodeModelConfig): number {
  return config.family === undefined ? imageStates(config) : config.imageStates;
}

/** "8 layers, width 256, 4 heads" */
export function describeCodeModel(config: CodeModelConfig): string {
  const layers =
    config.family === "encoder-decoder"
      ? `${config.encoderLayers} + ${config.decoderLayers}`
      : config.layers;
  return `${layers} layers, width ${config.width}, ${config.heads} heads`;
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
  }
}
