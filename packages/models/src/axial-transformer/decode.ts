/**
 * @file Cached drawing with DALLE-pytorch's transformer: new states given what earlier ones left in caches. Letters as
 * in cached-attention.ts.
 */
import type { ParameterTree, Tensor } from "@dalle-ts/tensor";
import { cachedLayers, type DecodeInputs, type DecodeOutputs } from "../cached-attention.js";
import { gridPositions } from "../padded-text.js";
import { axialLogits } from "./axial-transformer.js";
import type { AxialTransformerConfig } from "./config.js";

/**
 * ids and positions: of a table of the start's and the text's rows, then the picture's. `shift` gives what a block sees of
 * the new states where tokens are shifted; see `AxialContext`.
 */
export function axialDecodeStep<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: AxialTransformerConfig,
  inputs: DecodeInputs<T>,
  shift: (block: number, normed: T) => T,
): DecodeOutputs<T> {
  const { attend, fresh } = cachedLayers(inputs.caches, inputs.biases);
  const of = (name: string) => params.get(`rotary.${name}`).lookup(inputs.positions);
  const angles = config.rotary > 0 ? { cosine: of("cosine"), sine: of("sine") } : undefined;
  const embedded = embed(params, config, inputs);
  const logits = axialLogits(params, config, embedded, { angles, attend, shift });
  return { imageLogits: logits.slice(2, config.textVocabulary + config.textStates), fresh };
}

function embed<T extends Tensor<T>>(
  params: ParameterTree<T>,
  { rotary }: AxialTransformerConfig,
  { ids, positions }: Pick<DecodeInputs<T>, "ids" | "positions">,
): T {
  const image = params.at("image");
  const tokens = params.get("text.tokens.weight").concat([image.get("tokens.weight")], 0);
  if (rotary > 0) return tokens.lookup(ids);
  const grid = gridPositions(image.get("rows.weight"), image.get("columns.weight"));
  const table = params.get("text.positions.weight").concat([grid], 0);
  return tokens.lookup(ids).add(table.lookup(positions));
}
