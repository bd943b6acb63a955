/**
 * @file `TorchTensor`: the Tensor interface computed at once by libtorch, with autograd. One instance owns one
 * at::Tensor; scopes.ts says who frees it. Operators that no model needs are reached by `aten(name, …)`.
 */
import {
  arrayOf,
  bytesOf,
  type ConvolutionOptions,
  checkHostData,
  DalleError,
  type DType,
  type HostArray,
  isLasting,
  type Shape,
  type Tensor,
} from "@dalle-ts/tensor";
import { callOperator } from "./aten.js";
import { dtypeOf, scalarTypes } from "./dtypes.js";
import { lastingConstant } from "./lasting-constants.js";
import { type Description, guardNative, type Handle, native } from "./native.js";
import { enterScope, type Scoped } from "./scopes.js";

/** What `aten` accepts: tensors, numbers, booleans, strings (devices, modes), lists of these; undefined = default. */
export type AtenArgument =
  | TorchTensor
  | number
  | bigint
  | boolean
  | string
  | null
  | undefined
  | readonly (TorchTensor | number | boolean | undefined)[];

/**
 * Calls an ATen operator by name, arguments in schema order; element types are passed as `scalarTypes.f32` and so on.
 * The result is one tensor; for operators that return several tensors or a number, use `atenAll` and `atenNumber`.
 */
export function aten(name: string, ...args: AtenArgument[]): TorchTensor {
  const handle = callOperator(name, args.map(raw));
  if (isHandle(handle)) return new TorchTensor(handle);
  throw new DalleError(
    "native",
    `${name}: its result is not one tensor; call it with atenAll, atenNumber or callOperator.`,
  );
}

/** Calls an ATen operator that returns several tensors; throws if any of them was not computed. */
export function atenAll(name: string, ...args: AtenArgument[]): TorchTensor[] {
  const found = callOperator(name, args.map(raw));
  const handles = Array.isArray(found) ? found : [found];
  const tensors = handles.filter(isHandle).map((handle) => new TorchTensor(handle));
  if (tensors.length === handles.length) return tensors;
  for (const tensor of tensors) tensor.dispose();
  throw new DalleError(
    "native",
    `${name}: ${handles.length - tensors.length} of its ${handles.length} results are no tensors; ask for all of them, or take those of callOperator.`,
  );
}

/** Operators give undefined for a tensor that was not computed, numbers as they are, and several results as an array. */
function isHandle(result: unknown): result is Handle {
  return typeof result === "object" && result !== null && !Array.isArray(result);
}

/** An ATen operator that returns a number or a boolean. */
export function atenNumber(name: string, ...args: AtenArgument[]): number {
  return Number(callOperator(name, args.map(raw)));
}

function raw(value: AtenArgument): unknown {
  if (value instanceof TorchTensor) return value.handle;
  if (Array.isArray(value)) return value.map(raw);
  return value;
}

/** Binary operators take a tensor or a number; ATen names them by that. */
function binary(name: string, self: TorchTensor, other: TorchTensor | number): TorchTensor {
  return aten(`${name}.${typeof other === "number" ? "Scalar" : "Tensor"}`, self, other);
}

/** The types of whole numbers, which floats would round. */
const wholeTypes = new Set<number>([
  scalarTypes.u8,
  scalarTypes.i32,
  scalarTypes.i64,
  scalarTypes.bool,
]);

export class TorchTensor implements Tensor<TorchTensor>, Scoped, Disposable {
  readonly #handle: Handle;
  #description: Description | undefined;
  #disposed = false;

  /** Takes ownership of the handle. */
  constructor(handle: Handle) {
    this.#handle = handle;
    if (!enterScope(this)) native().account(handle);
  }

  get handle(): Handle {
    if (this.#disposed) {
      throw new DalleError(
        "disposed",
        "The tensor was disposed; return it from tidy() or keep() it to use it afterwards.",
      );
    }
    return this.#handle;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    native().release(this.#handle);
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  leaveScopes(): void {
    native().account(this.#handle);
  }

  get #described(): Description {
    this.#description ??= native().describe(this.handle);
    return this.#description;
  }
  get shape(): Shape {
    return this.#described.shape;
  }
  get dtype(): DType {
    return dtypeOf(this.#described.type);
  }
  /** "cpu" or "cuda:0". */
  get device(): string {
    return this.#described.device;
  }

  /** Copies the values to the host in row-major order. */
  toArray(): HostArray {
    return arrayOf(
      guardNative("toArray", () => native().toBytes(this.handle)),
      this.dtype,
    );
  }
  /** The value of a tensor with one element. */
  item(): number {
    const values = wholeTypes.has(this.#described.type) ? this.toArray() : this.#floats();
    if (values.length !== 1) {
      throw new DalleError(
        "bad_shape",
        `item: expected one element, got shape [${this.shape}]; use toArray().`,
      );
    }
    return Number(values[0]);
  }

  #floats(): HostArray {
    using floats = this.cast("f32");
    return floats.toArray();
  }

  constant(data: HostArray, shape: Shape, dtype: DType): TorchTensor {
    const { device } = this;
    const make = () => tensor(data, shape, dtype, device);
    return isLasting(data) ? lastingConstant(data, `${device} ${dtype} ${shape}`, make) : make();
  }
  cast(dtype: DType): TorchTensor {
    return aten("aten::to.dtype", this, scalarTypes[dtype]);
  }
  to(device: string): TorchTensor {
    return aten("aten::to.device", this, device, scalarTypes[this.dtype]);
  }

  add(other: TorchTensor | number): TorchTensor {
    return binary("aten::add", this, other);
  }
  sub(other: TorchTensor | number): TorchTensor {
    return binary("aten::sub", this, other);
  }
  mul(other: TorchTensor | number): TorchTensor {
    return binary("aten::mul", this, other);
  }
  div(other: TorchTensor | number): TorchTensor {
    return binary("aten::div", this, other);
  }
  maximum(other: TorchTensor | number): TorchTensor {
    if (typeof other === "number") return aten("aten::clamp_min", this, other);
    return aten("aten::maximum", this, other);
  }
  abs(): TorchTensor {
    return aten("aten::abs", this);
  }
  exp(): TorchTensor {
    return aten("aten::exp", this);
  }
  log(): TorchTensor {
    return aten("aten::log", this);
  }
  sqrt(): TorchTensor {
    return aten("aten::sqrt", this);
  }
  tanh(): TorchTensor {
    return aten("aten::tanh", this);
  }
  sigmoid(): TorchTensor {
    return aten("aten::sigmoid", this);
  }
  relu(): TorchTensor {
    return aten("aten::relu", this);
  }
  quickGelu(): TorchTensor {
    // silu(1.702 x) / 1.702: libtorch's fused SiLU saves two passes over memory.
    return aten("aten::mul_.Scalar", aten("aten::silu", this.mul(1.702)), 1 / 1.702);
  }
  gelu(): TorchTensor {
    return aten("aten::gelu", this);
  }
  silu(): TorchTensor {
    return aten("aten::silu", this);
  }

  lessThan(limit: number): TorchTensor {
    return aten("aten::lt.Scalar", this, limit);
  }
  choose(yes: TorchTensor, no: TorchTensor): TorchTensor {
    return aten("aten::where.self", this, yes, no);
  }

  matmul(other: TorchTensor, options: { transposeOther?: boolean } = {}): TorchTensor {
    const right = options.transposeOther ? aten("aten::transpose.int", other, -2, -1) : other;
    return aten("aten::matmul", this, right);
  }
  linear(weight: TorchTensor, bias?: TorchTensor): TorchTensor {
    return aten("aten::linear", this, weight, bias);
  }
  lookup(ids: TorchTensor): TorchTensor {
    return aten("aten::embedding", this, ids);
  }

  reshape(shape: Shape): TorchTensor {
    return aten("aten::reshape", this, shape);
  }
  permute(order: readonly number[]): TorchTensor {
    return aten("aten::permute", this, order);
  }
  slice(axis: number, start: number, end = this.shape.at(axis)!): TorchTensor {
    return aten("aten::narrow", this, axis, start, end - start);
  }
  split(axis: number, sizes: readonly number[]): TorchTensor[] {
    return atenAll("aten::split_with_sizes", this, sizes, axis);
  }
  concat(others: readonly TorchTensor[], axis: number): TorchTensor {
    return aten("aten::cat", [this, ...others], axis);
  }
  expand(shape: Shape): TorchTensor {
    return aten("aten::expand", this, shape);
  }

  sum(axes: readonly number[], keepDims = false): TorchTensor {
    return aten("aten::sum.dim_IntList", this, axes, keepDims);
  }
  mean(axes: readonly number[], keepDims = false): TorchTensor {
    return aten("aten::mean.dim", this, axes, keepDims);
  }
  argmax(axis: number): TorchTensor {
    return aten("aten::argmax", this, axis);
  }
  softmax(axis: number): TorchTensor {
    return aten("aten::softmax.int", this, axis);
  }
  logSoftmax(axis: number): TorchTensor {
    return aten("aten::log_softmax.int", this, axis);
  }

  layerNorm(weight: TorchTensor, bias: TorchTensor, epsilon: number): TorchTensor {
    return aten("aten::layer_norm", this, [this.shape.at(-1)!], weight, bias, epsilon);
  }
  groupNorm(groups: number, weight: TorchTensor, bias: TorchTensor, epsilon: number): TorchTensor {
    return aten("aten::group_norm", this, groups, weight, bias, epsilon);
  }
  conv2d(
    weight: TorchTensor,
    bias: TorchTensor,
    { stride = 1, padding }: ConvolutionOptions = {},
  ): TorchTensor {
    const [before, after] = padding ?? [(weight.shape[2]! - 1) / 2, (weight.shape[2]! - 1) / 2];
    if (before === after) return aten("aten::conv2d", this, weight, bias, stride, before);
    const padded = aten("aten::constant_pad_nd", this, [before, after, before, after], 0);
    return aten("aten::conv2d", padded, weight, bias, stride, 0);
  }
  maxPool2d(size: number): TorchTensor {
    return aten("aten::max_pool2d", this, [size, size]);
  }
  upsampleNearest2d(scale: number): TorchTensor {
    return aten("aten::upsample_nearest2d.vec", this, undefined, [scale, scale]);
  }
}

/**
 * A tensor from host data, which is copied. bf16 and f16 are given as 16-bit patterns.
 * Throws DalleError("bad_shape") where the data does not fit shape and type, ("native") for a device that is not there.
 */
export function tensor(data: HostArray, shape: Shape, dtype: DType, device = "cpu"): TorchTensor {
  checkHostData("tensor", data, shape, dtype);
  const make = () => native().fromBytes(bytesOf(data), shape, scalarTypes[dtype], device);
  return new TorchTensor(guardNative("tensor", make));
}
