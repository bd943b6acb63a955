/** @file Rotary positions: pairs of dimensions rotated by angles of their state [Su et al. 2021]. */
import type { ParameterSpec, ParameterTree, Tensor } from "@dalle-ts/tensor";
import { type AxialTransformerConfig, axialStates } from "./config.js";

/** Cosines and sines of each state's angles, [S, rotary] each. */
export interface Angles<T> {
  readonly cosine: T;
  readonly sine: T;
}

/** Those of the first `states` states; undefined where the model has none. */
export function sliceAngles<T extends Tensor<T>>(
  params: ParameterTree<T>,
  { rotary }: AxialTransformerConfig,
  states: number,
): Angles<T> | undefined {
  if (rotary === 0) return undefined;
  const of = (name: string) => params.get(`rotary.${name}`).slice(0, 0, states);
  return { cosine: of("cosine"), sine: of("sine") };
}

/** x: [N, H, S, D] → the same with the first `rotary` dimensions rotated, each pair of neighbours by one angle. */
export function rotate<T extends Tensor<T>>(
  angles: Angles<T> | undefined,
  { rotary, headSize }: AxialTransformerConfig,
  x: T,
): T {
  if (!angles) return x;
  const [batch, heads, states] = x.shape as [number, number, number];
  const first = x.slice(3, 0, rotary);
  const pairs = first.reshape([batch, heads, states, rotary / 2, 2]);
  const across = pairs // (a, b) → (−b, a)
    .slice(4, 1)
    .mul(-1)
    .concat([pairs.slice(4, 0, 1)], 4)
    .reshape([batch, heads, states, rotary]);
  const result = first.mul(angles.cosine).add(across.mul(angles.sine));
  return rotary === headSize ? result : result.concat([x.slice(3, rotary)], 3);
}

/** Fresh tables rotate nothing. */
export function angleSpecs(config: AxialTransformerConfig): ParameterSpec[] {
  if (config.rotary === 0) return [];
  const shape = [axialStates(config), config.rotary];
  return [
    { name: "cosine", shape, init: { fill: 1 } },
    { name: "sine", shape, init: { fill: 0 } },
  ];
}
