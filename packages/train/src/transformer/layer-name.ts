/** @file Names of a transformer's parameters: which layer has them, and what they are there. */

/** "layers.3.attention.output.bias" → { layer: 3, part: "attention.output.bias" }; undefined of what no layer has. */
export function readLayerName(name: string): { layer: number; part: string } | undefined {
  const found = /^layers\.(\d+)\.(.+)$/.exec(name);
  return found ? { layer: Number(found[1]), part: found[2]! } : undefined;
}

/** layer: from 0. */
export const layerName = (layer: number, part: string): string => `layers.${layer}.${part}`;
