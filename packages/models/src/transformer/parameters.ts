/** @file The transformer's parameters. Names as in the safetensors file. */
import type { ParameterSpec } from "@dalle-ts/tensor";
import { layerNormSpecs, linearSpecs } from "../layers.js";
import type { TransformerConfig } from "./config.js";

const STANDARD_DEVIATION = 0.02;

/** Residual outputs start smaller by √(number of residual blocks), as in the Sparse Transformer [SPEC §2.1]. */
export function transformerSpecs(config: TransformerConfig): ParameterSpec[] {
  const { width, layers, textStates, textVocabulary, imageCodes, gridRows, gridColumns } = config;
  const init = { normal: STANDARD_DEVIATION };
  const residual = { normal: STANDARD_DEVIATION / Math.sqrt(2 * layers) };
  const inner = config.heads * config.headSize;
  const table = (name: string, rows: number): ParameterSpec => ({
    name,
    shape: [rows, width],
    init,
  });
  return [
    table("text.embedding", textVocabulary),
    table("text.padding", textStates),
    table("text.start", 1),
    table("text.position", textStates),
    table("image.embedding", imageCodes),
    table("image.start", 1),
    table("image.row", gridRows),
    table("image.column", gridColumns),
    ...Array.from({ length: layers }, (_, index) => `layers.${index}`).flatMap((layer) => [
      ...layerNormSpecs(`${layer}.attention.norm`, width),
      ...linearSpecs(`${layer}.attention.query_key_value`, width, 3 * inner, init),
      ...linearSpecs(`${layer}.attention.output`, inner, width, residual),
      ...layerNormSpecs(`${layer}.feed_forward.norm`, width),
      ...linearSpecs(`${layer}.feed_forward.expand`, width, 4 * width, init),
      ...linearSpecs(`${layer}.feed_forward.contract`, 4 * width, width, residual),
    ]),
    ...layerNormSpecs("final_norm", width),
    ...linearSpecs("text.head", width, textVocabulary + 1, init),
    ...linearSpecs("image.head", width, imageCodes, init),
  ];
}
