/**
 * @file Cached drawing with minDALL-E's transformer: new states given what earlier ones left in caches. Letters as in
 * cached-attention.ts.
 */
import type { ParameterTree, Tensor } from "@dalle-ts/tensor";
import { cachedLayers, type DecodeInputs, type DecodeOutputs } from "../cached-attention.js";
import type { DenseTransformerConfig } from "./config.js";
import { denseStates } from "./dense-transformer.js";

/** ids and positions: of a table of the text's rows, then the picture's. */
export function denseDecodeStep<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: DenseTransformerConfig,
  inputs: DecodeInputs<T>,
): DecodeOutputs<T> {
  const joint = (name: string) =>
    params.get(`text.${name}.weight`).concat([params.get(`image.${name}.weight`)], 0);
  const embedded = joint("tokens")
    .lookup(inputs.ids)
    .add(joint("positions").lookup(inputs.positions));
  const { attend, fresh } = cachedLayers(inputs.caches, inputs.biases);
  const states = denseStates(params, config, embedded, attend);
  return { imageLogits: states.linear(params.get("image.logits.weight")), fresh };
}
