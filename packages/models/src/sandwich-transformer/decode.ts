/**
 * @file Cached drawing with ruDALL-E's transformer: new states given what earlier ones left in caches. Letters as in
 * cached-attention.ts.
 */
import type { ParameterTree, Tensor } from "@dalle-ts/tensor";
import { cachedLayers, type DecodeInputs, type DecodeOutputs } from "../cached-attention.js";
import { gridPositions } from "../padded-text.js";
import type { SandwichTransformerConfig } from "./config.js";
import { sandwichLogits } from "./sandwich-transformer.js";

/** ids and positions: of a table of the text's rows, then the picture's. */
export function sandwichDecodeStep<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: SandwichTransformerConfig,
  inputs: DecodeInputs<T>,
): DecodeOutputs<T> {
  const image = params.at("image");
  const grid = gridPositions(image.get("rows.weight"), image.get("columns.weight"));
  const tokens = params.get("text.tokens.weight").concat([image.get("tokens.weight")], 0);
  const positions = params.get("text.positions.weight").concat([grid], 0);
  const embedded = tokens.lookup(inputs.ids).add(positions.lookup(inputs.positions));
  const { attend, fresh } = cachedLayers(inputs.caches, inputs.biases);
  const logits = sandwichLogits(params, config, embedded, attend);
  return { imageLogits: logits.slice(2, config.textVocabulary + config.textStates), fresh };
}
