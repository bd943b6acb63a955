/**
 * @file A transformer becomes a deeper one that computes the same. The four layers before its middle are repeated
 * behind it, with residual outputs of zero: they know what such layers know and add nothing until they are trained [Wu
 * et al. 2024, "LLaMA Pro", § 3].
 */
import { MASK_PERIOD, type TransformerConfig, transformerSpecs } from "@dalle-ts/models";
import { aten, noGradient } from "@dalle-ts/torch";
import type { TorchParameters } from "../parameters.js";
import { layerName, readLayerName } from "./layer-name.js";

/** Whether each layer of a model of `from` layers keeps its mask in one of `to`, and four can be repeated without the last. */
export function canDeepen(from: number, to: number): boolean {
  return to > from && (to - from) % MASK_PERIOD === 0 && from > MASK_PERIOD;
}

/** parameters: of a model like `config`, of `from` layers, where `canDeepen(from, config.layers)` → new tensors for `config`. */
export function deepen(
  parameters: TorchParameters,
  from: number,
  config: TransformerConfig,
): TorchParameters {
  const middle = MASK_PERIOD * Math.ceil(from / (2 * MASK_PERIOD));
  const added = config.layers - from;
  return noGradient(
    () =>
      new Map(
        transformerSpecs(config).map(({ name }) => {
          const found = readLayerName(name);
          if (!found || found.layer < middle) return [name, clone(parameters, name)];
          const { layer, part } = found;
          if (layer >= middle + added) {
            return [name, clone(parameters, layerName(layer - added, part))];
          }
          const repeated = layerName(middle - MASK_PERIOD + (layer % MASK_PERIOD), part);
          const silent = /^(attention\.output|feed_forward\.contract)\./.test(part);
          return [name, clone(parameters, repeated, silent ? "zeros_like" : "clone")];
        }),
      ),
  );
}

function clone(parameters: TorchParameters, name: string, how: "clone" | "zeros_like" = "clone") {
  return aten(`aten::${how}`, parameters.get(name)!);
}
