/**
 * @file A tensor of a checkpoint: a view into a storage on the disk, read when it is asked for. What a file says of a
 * tensor is checked when the view is made, so that reading one never leaves its storage.
 */
import { elementCount } from "../element-types.js";
import { FileFault } from "../files/file-fault.js";
import { toFloat32 } from "../safetensors/host-arrays.js";
import type { HostArray, Shape } from "../tensor.js";
import { type CheckpointArray, checkpointArray, type StoredDType } from "./element-types.js";
import type { Storage } from "./storage.js";
import { gather, isRowMajor, spanOf } from "./strided.js";

/** More axes than any tensor of a model has. */
const largestRank = 16;

export class CheckpointTensor {
  readonly shape: Shape;
  /** In elements, ≥ 0. */
  readonly strides: Shape;
  /** Of the first element in its storage. */
  readonly offset: number;
  readonly storage: Storage;

  /** A `FileFault` where the view is malformed or leaves its storage. */
  constructor(storage: Storage, offset: number, shape: Shape, strides: Shape) {
    if (shape.length > largestRank || strides.length !== shape.length)
      throw new FileFault(`a tensor has ${shape.length} axes and ${strides.length} strides`);
    if (![offset, ...shape, ...strides].every((size) => Number.isSafeInteger(size) && size >= 0))
      throw new FileFault(`a tensor has the shape [${shape}] with strides [${strides}]`);
    const end = offset + spanOf(shape, strides);
    if (end > storage.length)
      throw new FileFault(
        `a tensor of shape [${shape}] needs ${end} elements of a storage that has ${storage.length}`,
      );
    this.storage = storage;
    this.offset = offset;
    this.shape = shape;
    this.strides = strides;
  }

  get dtype(): StoredDType {
    return this.storage.dtype;
  }

  /** The entry `index` of the first axis, as a view. */
  at(index: number): CheckpointTensor {
    const offset = this.offset + index * this.strides[0]!;
    return new CheckpointTensor(this.storage, offset, this.shape.slice(1), this.strides.slice(1));
  }

  /** `count` entries of the first axis from `first` on, as a view. */
  rows(first: number, count: number): CheckpointTensor {
    const offset = this.offset + first * this.strides[0]!;
    const shape = [count, ...this.shape.slice(1)];
    return new CheckpointTensor(this.storage, offset, shape, this.strides);
  }

  /** Axis i of the result is axis order[i] of this, as a view. */
  permute(order: readonly number[]): CheckpointTensor {
    const [shape, strides] = [this.shape, this.strides].map((sizes) =>
      order.map((axis) => sizes[axis]!),
    );
    return new CheckpointTensor(this.storage, this.offset, shape!, strides!);
  }

  /** The elements in row-major order, as stored; bf16 and f16 as 16-bit patterns. */
  async read(): Promise<CheckpointArray> {
    const { shape, strides, offset, storage } = this;
    // Strides of 0 repeat elements: a few bytes could claim any amount of memory.
    if (elementCount(shape) > storage.length)
      throw new FileFault(
        `a tensor of shape [${shape}] repeats the ${storage.length} elements of its storage`,
      );
    const span = await storage.read(offset, offset + spanOf(shape, strides));
    return isRowMajor(shape, strides) ? span : gather(span, shape, strides);
  }

  /** The elements as f32; a `FileFault` where they are not floats, or not all finite. */
  async readFloat32(): Promise<Float32Array> {
    const { dtype } = this;
    checkpointArray(dtype); // refuses what no model here has, of which some are floats
    if (dtype !== "f32" && dtype !== "f16" && dtype !== "bf16" && dtype !== "f64")
      throw new FileFault(`a weight holds ${dtype}, not floats`);
    const data = await this.read();
    const floats =
      data instanceof Float64Array
        ? Float32Array.from(data)
        : toFloat32(data as HostArray, dtype as "f32" | "f16" | "bf16", "a weight");
    requireFinite(floats);
    return floats;
  }
}

/** A plain loop: a billion weights pass through it. */
function requireFinite(weights: Float32Array): void {
  for (let index = 0; index < weights.length; index++) {
    // A difference from itself is 0 for all numbers but NaN and the infinities.
    if (weights[index]! - weights[index]! !== 0)
      throw new FileFault(`a weight is ${weights[index]} at index ${index}`);
  }
}
