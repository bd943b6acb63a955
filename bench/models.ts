/** @file Random weights in the shapes that benchmarks time. */

import { type TransformerConfig, transformerSpecs } from "@dalle-ts/models";
import type { ParameterSpec } from "@dalle-ts/tensor";

/** The reference shape of the decoding table in DESIGN: 38M parameters, 16 × 16 codes of 2048. */
export const referenceTransformer: TransformerConfig = {
  layers: 12,
  width: 512,
  heads: 8,
  headSize: 64,
  textStates: 64,
  textVocabulary: 2048,
  imageCodes: 2048,
  gridRows: 16,
  gridColumns: 16,
  convolutionKernel: 11,
};

/** Host parameters of a fresh transformer, from a small seeded generator. */
export function randomParameters(config: TransformerConfig) {
  return transformerSpecs(config).map((spec) => ({
    name: spec.name,
    shape: spec.shape,
    dtype: "f32" as const,
    data: randomData(spec),
  }));
}

function randomData({ name, shape, init }: ParameterSpec): Float32Array {
  const length = shape.reduce((a, b) => a * b, 1);
  if ("fill" in init) return new Float32Array(length).fill(init.fill);
  let state = [...name].reduce(
    (hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 0x01000193),
    1,
  );
  const spread = init.normal * Math.sqrt(12); // a uniform distribution of this width has that deviation
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return ((state >>> 0) / 2 ** 32 - 0.5) * spread;
  });
}
