/**
 * @file The small tensor interface that every model is written in. Two engines implement it: `TorchTensor`
 * computes at once on libtorch, with gradients; `GraphTensor` records, and the record is the ONNX file.
 *
 * Operators never write to their inputs. Element-wise operators broadcast as NumPy does. Axes may be negative.
 * A recorded tensor may have one axis of unknown size, the batch; its size reads −1, and −1 in `reshape`
 * means "inferred" on both engines. Models keep the batch as the leading axis and do no arithmetic on it.
 */

/** Element types; names as in safetensors, lower case. */
export type DType = "f32" | "bf16" | "f16" | "i64" | "i32" | "u8" | "bool";

/** Host data of a tensor. bf16 and f16 travel as their 16-bit patterns; bool as 0 and 1 bytes. */
export type HostArray = Float32Array | Uint16Array | BigInt64Array | Int32Array | Uint8Array;

export type Shape = readonly number[];

/** How a convolution goes over an image; the same for rows and columns. */
export interface ConvolutionOptions {
  /** Pixels from one result to the next. @default 1 */
  readonly stride?: number;
  /** Rows of zeros before and after. @default (k − 1) / 2 on both sides, for odd kernels */
  readonly padding?: readonly [before: number, after: number];
}

export interface Tensor<T extends Tensor<T>> {
  readonly shape: Shape;
  readonly dtype: DType;

  /** A constant on this tensor's engine and device: masks, index tables. Made once of a `lastingArray`, which nobody disposes. */
  constant(data: HostArray, shape: Shape, dtype: DType): T;
  /** The same values in another element type; a no-op where the type is already right. */
  cast(dtype: DType): T;

  add(other: T | number): T;
  sub(other: T | number): T;
  mul(other: T | number): T;
  div(other: T | number): T;
  /** Element-wise larger of the two. */
  maximum(other: T | number): T;
  abs(): T;
  exp(): T;
  log(): T;
  sqrt(): T;
  tanh(): T;
  sigmoid(): T;
  relu(): T;
  /** x · σ(1.702 x), the GELU of the Sparse Transformer code (SPEC §2.1). */
  quickGelu(): T;
  /** x · Φ(x), the GELU with the error function. */
  gelu(): T;
  /** x · σ(x), also called swish. */
  silu(): T;

  /** Element-wise test against a scalar, as bool. */
  lessThan(limit: number): T;
  /** This bool tensor chooses: `yes` where true, `no` elsewhere; all three broadcast. */
  choose(yes: T, no: T): T;

  /** [..., M, K] · [..., K, N] → [..., M, N]; with `transposeOther`, other is [..., N, K]. */
  matmul(other: T, options?: { transposeOther?: boolean }): T;
  /** x · Wᵀ + b. this: [..., I]; weight: [O, I]; bias: [O] → [..., O]. The recorder may quantise the weight. */
  linear(weight: T, bias?: T): T;
  /** This table's rows at `ids`. this: [V, D]; ids: [...] of i64 in [0, V) → [..., D]. */
  lookup(ids: T): T;

  /** Same elements in row-major order; one entry may be −1. */
  reshape(shape: Shape): T;
  /** Axis i of the result is axis order[i] of this. */
  permute(order: readonly number[]): T;
  /** Entries start … end − 1 of one axis, or to its end; `end` beyond the axis is an error. */
  slice(axis: number, start: number, end?: number): T;
  /**
   * Parts of the given sizes along one axis, in order and leaving nothing out. Where all of a tensor is used in parts this
   * is cheaper than slices: the gradients of slices are as large as the whole, each, and have to be summed.
   */
  split(axis: number, sizes: readonly number[]): T[];
  /** This followed by `others` along one axis. */
  concat(others: readonly T[], axis: number): T;
  /** Copies along axes of size 1; −1 keeps an axis. */
  expand(shape: Shape): T;

  sum(axes: readonly number[], keepDims?: boolean): T;
  mean(axes: readonly number[], keepDims?: boolean): T;
  /** Index of the first largest entry along one axis, which is dropped; i64. */
  argmax(axis: number): T;
  softmax(axis: number): T;
  logSoftmax(axis: number): T;

  /** (x − mean) / √(variance + epsilon) · weight + bias over the last axis. */
  layerNorm(weight: T, bias: T, epsilon: number): T;
  /**
   * (x − mean) / √(variance + epsilon) over each of `groups` runs of channels with all their pixels, then · weight + bias
   * by channel. this: [N, C, H, W], C a multiple of `groups`, H and W known; weight, bias: [C].
   */
  groupNorm(groups: number, weight: T, bias: T, epsilon: number): T;
  /** this: [N, C, H, W]; weight: [O, C, k, k]; bias: [O] → [N, O, H', W']; by default H' = H and W' = W. */
  conv2d(weight: T, bias: T, options?: ConvolutionOptions): T;
  /** Largest of each `size` × `size` square. [N, C, H, W] → [N, C, H / size, W / size] */
  maxPool2d(size: number): T;
  /** Each pixel repeated `scale` × `scale` times. [N, C, H, W] → [N, C, H · scale, W · scale] */
  upsampleNearest2d(scale: number): T;
}
