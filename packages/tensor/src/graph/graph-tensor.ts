/**
 * @file The tensor that records. Its operators compute nothing: they check shapes and append ONNX nodes to the
 * graph. One line each here; the operators themselves are in `operators/`, by kind.
 */
import type { ConvolutionOptions, DType, HostArray, Shape, Tensor } from "../tensor.js";
import type { Axis } from "./axes.js";
import type { Graph } from "./graph.js";
import * as elementwise from "./operators/elementwise.js";
import * as images from "./operators/images.js";
import * as layout from "./operators/layout.js";
import * as products from "./operators/products.js";
import * as reductions from "./operators/reductions.js";
import { reshape } from "./operators/reshape.js";
import type { Parameter } from "./record.js";

export class GraphTensor implements Tensor<GraphTensor> {
  readonly graph: Graph;
  /** The value's name in the graph. */
  readonly name: string;
  /** Sizes, those unknown until run time by name; `shape` gives the latter as −1. */
  readonly axes: readonly Axis[];
  readonly dtype: DType;
  /** Set where this is a trained tensor as it was declared. */
  readonly parameter: Parameter | undefined;

  constructor(
    graph: Graph,
    name: string,
    axes: readonly Axis[],
    dtype: DType,
    parameter?: Parameter,
  ) {
    this.graph = graph;
    this.name = name;
    this.axes = axes;
    this.dtype = dtype;
    this.parameter = parameter;
  }

  get shape(): Shape {
    return this.axes.map((axis) => (typeof axis === "number" ? axis : -1));
  }

  constant(data: HostArray, shape: Shape, dtype: DType): GraphTensor {
    return this.graph.constant(data, shape, dtype);
  }

  cast(dtype: DType): GraphTensor {
    return elementwise.cast(this, dtype);
  }

  add(other: GraphTensor | number): GraphTensor {
    return elementwise.binary("add", "Add", this, other);
  }

  sub(other: GraphTensor | number): GraphTensor {
    return elementwise.binary("sub", "Sub", this, other);
  }

  mul(other: GraphTensor | number): GraphTensor {
    return elementwise.binary("mul", "Mul", this, other);
  }

  div(other: GraphTensor | number): GraphTensor {
    return elementwise.div(this, other);
  }

  maximum(other: GraphTensor | number): GraphTensor {
    return elementwise.binary("maximum", "Max", this, other);
  }

  abs(): GraphTensor {
    return elementwise.unary("abs", "Abs", this);
  }

  exp(): GraphTensor {
    return elementwise.unary("exp", "Exp", this);
  }

  log(): GraphTensor {
    return elementwise.unary("log", "Log", this);
  }

  sqrt(): GraphTensor {
    return elementwise.unary("sqrt", "Sqrt", this);
  }

  tanh(): GraphTensor {
    return elementwise.unary("tanh", "Tanh", this);
  }

  sigmoid(): GraphTensor {
    return elementwise.unary("sigmoid", "Sigmoid", this);
  }

  relu(): GraphTensor {
    return elementwise.unary("relu", "Relu", this);
  }

  quickGelu(): GraphTensor {
    return elementwise.quickGelu(this);
  }

  gelu(): GraphTensor {
    return elementwise.gelu(this);
  }

  silu(): GraphTensor {
    return elementwise.silu(this);
  }

  lessThan(limit: number): GraphTensor {
    return elementwise.lessThan(this, limit);
  }

  choose(yes: GraphTensor, no: GraphTensor): GraphTensor {
    return elementwise.choose(this, yes, no);
  }

  matmul(other: GraphTensor, { transposeOther = false } = {}): GraphTensor {
    return products.matmul(this, other, transposeOther);
  }

  linear(weight: GraphTensor, bias?: GraphTensor): GraphTensor {
    return products.linear(this, weight, bias);
  }

  lookup(ids: GraphTensor): GraphTensor {
    return products.lookup(this, ids);
  }

  reshape(shape: Shape): GraphTensor {
    return reshape(this, shape);
  }

  permute(order: readonly number[]): GraphTensor {
    return layout.permute(this, order);
  }

  slice(axis: number, start: number, end?: number): GraphTensor {
    return layout.slice(this, axis, start, end);
  }

  split(axis: number, sizes: readonly number[]): GraphTensor[] {
    return layout.split(this, axis, sizes);
  }
  concat(others: readonly GraphTensor[], axis: number): GraphTensor {
    return layout.concat([this, ...others], axis);
  }

  expand(shape: Shape): GraphTensor {
    return layout.expand(this, shape);
  }

  sum(axes: readonly number[], keepDims = false): GraphTensor {
    return reductions.reduce("sum", "ReduceSum", this, axes, keepDims);
  }

  mean(axes: readonly number[], keepDims = false): GraphTensor {
    return reductions.mean(this, axes, keepDims);
  }

  argmax(axis: number): GraphTensor {
    return reductions.argmax(this, axis);
  }

  softmax(axis: number): GraphTensor {
    return reductions.softmax("softmax", "Softmax", this, axis);
  }

  logSoftmax(axis: number): GraphTensor {
    return reductions.softmax("logSoftmax", "LogSoftmax", this, axis);
  }

  layerNorm(weight: GraphTensor, bias: GraphTensor, epsilon: number): GraphTensor {
    return reductions.layerNorm(this, weight, bias, epsilon);
  }

  groupNorm(groups: number, weight: GraphTensor, bias: GraphTensor, epsilon: number): GraphTensor {
    return images.groupNorm(this, groups, weight, bias, epsilon);
  }

  conv2d(weight: GraphTensor, bias: GraphTensor, options?: ConvolutionOptions): GraphTensor {
    return images.conv2d(this, weight, bias, options);
  }

  maxPool2d(size: number): GraphTensor {
    return images.maxPool2d(this, size);
  }

  upsampleNearest2d(scale: number): GraphTensor {
    return images.upsampleNearest2d(this, scale);
  }
}
