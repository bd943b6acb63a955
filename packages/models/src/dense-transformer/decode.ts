/**
 * @file Cached drawing with minDALL-E's transformer: new states given what earlier ones left in caches. Letters as in
 * transformer/decode.ts.
 */
import type { ParameterTree, Tensor } from "@dalle-ts/tensor";
import { cachedLayers } from "../cached-attention.js";
import type { DecodeInputs, DecodeOutputs } from "../transformer/decode.js";
import type { DenseTransformerConfig } from "./config.js";
import { denseStates } from "./dense-transformer.js";

/** ids and positions: of a table of the text's rows, then the picture's. */
export function denseDecodeStep<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: DenseTransformerConfig,
  inputs: DecodeInputs<T, "full">,
): DecodeOutputs<T> {
  const joint = (name: string) =>
    params.get(`text.${name}.weight`).concat([params.get(`image.${name}.weight`)], 0);
  const embedded = joint("tokens")
    .lookup(inputs.ids)
    .add(joint("positions").lookup(inputs.positions));
  const { attend, fresh } = cachedLayers(inputs.caches, () => inputs.bias.full);
  const states = denseStates(params, config, embedded, attend);
  return { imageLogits: states.linear(params.get("image.logits.weight")), fresh };
}
