/**
 * @file A transformer without some of its layers, the opposite of `deepen`. What a layer adds to the residual stream may be
 * next to nothing, and costs as much as any other [Gromov et al. 2024, "The Unreasonable Ineffectiveness of the Deeper Layers"].
 */
import { layerMask, MASK_PERIOD, type TransformerConfig } from "@dalle-ts/models";
import { badOption } from "@dalle-ts/tensor";
import type { TorchParameters } from "../parameters.js";
import { layerName, readLayerName } from "./layer-name.js";

interface Layered {
  readonly config: TransformerConfig;
  readonly parameters: TorchParameters;
}

/**
 * left: numbers of layers, from 1. The same tensors under their new names, not copies. Throws where there is no such layer, and
 * where another one would get another mask than it was taught with.
 */
export function withoutLayers<Of extends Layered>(of: Of, left: ReadonlySet<number>): Of {
  const { config } = of;
  for (const layer of left) {
    if (layer >= 1 && layer <= config.layers) continue;
    throw badOption("withoutLayers", `layers from 1 to ${config.layers}, which it has`, layer);
  }
  const all = Array.from({ length: config.layers }, (_, index) => index + 1);
  const kept = all.filter((layer) => !left.has(layer));
  const keepsMasks = kept.every(
    (layer, index) => layerMask(layer, config.layers) === layerMask(index + 1, kept.length),
  );
  if (kept.length === 0 || !keepsMasks) {
    throw badOption(
      "withoutLayers",
      `layers without which each other one keeps its mask, such as ${MASK_PERIOD} in a row of them before the last`,
      [...left],
    );
  }
  const newNumber = new Map(kept.map((layer, index) => [layer - 1, index]));
  const parameters: TorchParameters = new Map();
  for (const [name, value] of of.parameters) {
    const found = readLayerName(name);
    if (!found) {
      parameters.set(name, value);
      continue;
    }
    const layer = newNumber.get(found.layer);
    if (layer !== undefined) parameters.set(layerName(layer, found.part), value);
  }
  return { ...of, config: { ...config, layers: kept.length }, parameters };
}
