/** @file The transformer's parameters. Names as in the safetensors file. */
import type { ParameterSpec } from "@dalle-ts/tensor";
import { linearSpecs, normSpecs } from "../layers.js";
import { residualSpecs, STANDARD_DEVIATION, tableSpec } from "../residual-blocks.js";
import type { TransformerConfig } from "./config.js";

/**
 * Tables of tokens and positions, the residual blocks, and a head for each kind of token. The paper has heads, which it calls
 * unembeddings, and does not say whether they are tables of their own, as here. The text head's last row is the caption's end.
 */
export function transformerSpecs(config: TransformerConfig): ParameterSpec[] {
  const { width, layers, textStates, textVocabulary, imageCodes, gridRows, gridColumns } = config;
  const init = { normal: STANDARD_DEVIATION };
  const table = (name: string, rows: number) => tableSpec(name, rows, width);
  return [
    table("text.embedding", textVocabulary),
    table("text.padding", textStates),
    table("text.start", 1),
    table("text.position", textStates),
    table("image.embedding", imageCodes),
    table("image.start", 1),
    table("image.row", gridRows),
    table("image.column", gridColumns),
    ...residualSpecs(layers, width, config),
    ...normSpecs("final_norm", width),
    ...linearSpecs("text.head", width, textVocabulary + 1, init),
    ...linearSpecs("image.head", width, imageCodes, init),
  ];
}
