/** @file Tiny models for tests, with weights large enough that every part of a model shows in its result. */
import { type ParameterSpec, ParameterTree } from "@dalle-ts/tensor";
import { type TorchTensor, tensor } from "@dalle-ts/torch";
import type { ClipConfig, DvaeConfig, ImageTowerConfig, TransformerConfig } from "../src/index.js";

/** Eight layers: all three masks, the column mask twice. */
export const tinyTransformer: TransformerConfig = {
  layers: 8,
  width: 32,
  heads: 2,
  headSize: 16,
  textStates: 5,
  textVocabulary: 11,
  imageCodes: 13,
  gridRows: 6,
  gridColumns: 5,
  convolutionKernel: 3,
};

export const tinyDvae: DvaeConfig = {
  imageSize: 16,
  channels: 3,
  patch: 1,
  centred: false,
  codes: 24,
  hidden: 8,
  codeWidth: 12,
  groups: 3,
  blocksPerGroup: 2,
  residualGain: 0.5,
};

export const tinyClip: ClipConfig & { readonly image: ImageTowerConfig } = {
  embedding: 10,
  image: {
    layers: 2,
    width: 24,
    heads: 3,
    imageSize: 16,
    patch: 4,
    mean: [0.5, 0.4, 0.3],
    deviation: [0.25, 0.2, 0.3],
  },
  text: { layers: 2, width: 16, heads: 2, states: 7, vocabulary: 11 },
};

/** Numbers of mean 0 and standard deviation 1, the same in every run (mulberry32). */
export function normals(seed: number): () => number {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

export function normalArray(length: number, seed: number, scale = 1): Float32Array {
  const normal = normals(seed);
  return Float32Array.from({ length }, () => scale * normal());
}

/** A trained tensor on the host. */
export interface HostParameter {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: "f32";
  readonly data: Float32Array;
}

/** Matrices that keep their input's size, gains around 1, biases that are not 0. */
export function loudParameters(specs: readonly ParameterSpec[], seed: number): HostParameter[] {
  const normal = normals(seed);
  return specs.map(({ name, shape, init }) => {
    const length = shape.reduce((a, b) => a * b, 1);
    const [centre, spread] =
      "fill" in init ? [init.fill, 0.2] : [0, 1 / Math.sqrt(length / shape[0]!)];
    const data = Float32Array.from({ length }, () => centre + spread * normal());
    return { name, shape, dtype: "f32", data };
  });
}

export function torchParameters(parameters: readonly HostParameter[]): Map<string, TorchTensor> {
  return new Map(parameters.map(({ name, shape, data }) => [name, tensor(data, shape, "f32")]));
}

export function torchTree(parameters: readonly HostParameter[]): ParameterTree<TorchTensor> {
  return new ParameterTree(torchParameters(parameters));
}

/** L2 norm of the difference over that of `expected`. */
export function relativeError(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  let difference = 0;
  let norm = 0;
  for (let index = 0; index < expected.length; index++) {
    difference += (found[index]! - expected[index]!) ** 2;
    norm += expected[index]! ** 2;
  }
  return Math.sqrt(difference / (norm || 1));
}
