/**
 * @file The ways in which `linear` can store a trained weight. A format is one function that records the layer;
 * to add one, write its file and name it here.
 */
import type { GraphTensor } from "../graph-tensor.js";
import type { Parameter } from "../record.js";
import { linearFloat16 } from "./float16.js";
import { linearFloat32 } from "./float32.js";
import { linearInt4 } from "./int4.js";
import { linearInt8 } from "./int8.js";
import { linearInt8Rows } from "./int8-rows.js";

/** Records x · Wᵀ + b. input: f32 [..., I], weight: [O, I], bias: [O] → f32 [..., O]; shapes are checked already. */
export type LinearFormat = (
  input: GraphTensor,
  weight: Parameter,
  bias: GraphTensor | undefined,
) => GraphTensor;

/**
 * "f32": exact. "int8": weights and activations in 8 bits with a scale for every 64 of them; closer to "f32", but slow in
 * WebAssembly. "int8-rows": weights in 8 bits with a scale an output, activations with a scale a row. "int4": weights in 4 bits,
 * activations in 8, with a scale for every 32 of them. "f16": half the size of "f32" on the disk, and as fast. In none does a
 * result depend on what else is in the batch. Tables are stored as `tables.ts` says.
 */
export type WeightFormat = "f32" | "f16" | "int8" | "int8-rows" | "int4";

export const linearFormats: Readonly<Record<WeightFormat, LinearFormat>> = {
  f32: linearFloat32,
  f16: linearFloat16,
  int8: linearInt8,
  "int8-rows": linearInt8Rows,
  int4: linearInt4,
};
