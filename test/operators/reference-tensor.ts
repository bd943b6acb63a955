/**
 * @file The Tensor interface in plain JavaScript and double precision: slow, short, and read next to the interface's
 * comments. What the engines compute is compared with it.
 */
import type { ConvolutionOptions, DType, HostArray, Shape, Tensor } from "@dalle-ts/tensor";

type Index = readonly number[];

export class ReferenceTensor implements Tensor<ReferenceTensor> {
  /** Row-major. Integers and bools are kept as numbers. */
  readonly data: Float64Array;
  readonly shape: Shape;
  readonly dtype: DType;

  constructor(data: Float64Array, shape: Shape, dtype: DType) {
    this.data = data;
    this.shape = shape;
    this.dtype = dtype;
  }

  constant(data: HostArray, shape: Shape, dtype: DType): ReferenceTensor {
    return new ReferenceTensor(Float64Array.from(data as Float32Array, Number), shape, dtype);
  }
  cast(dtype: DType): ReferenceTensor {
    const convert = dtype === "bool" ? (x: number) => Number(x !== 0) : Math.trunc;
    return dtype === "f32" ? this.#map((x) => x, dtype) : this.#map(convert, dtype);
  }

  add(other: ReferenceTensor | number): ReferenceTensor {
    return this.#zip(other, (x, y) => x + y);
  }
  sub(other: ReferenceTensor | number): ReferenceTensor {
    return this.#zip(other, (x, y) => x - y);
  }
  mul(other: ReferenceTensor | number): ReferenceTensor {
    return this.#zip(other, (x, y) => x * y);
  }
  div(other: ReferenceTensor | number): ReferenceTensor {
    return this.#zip(other, (x, y) => x / y);
  }
  maximum(other: ReferenceTensor | number): ReferenceTensor {
    return this.#zip(other, Math.max);
  }
  abs(): ReferenceTensor {
    return this.#map(Math.abs);
  }
  exp(): ReferenceTensor {
    return this.#map(Math.exp);
  }
  log(): ReferenceTensor {
    return this.#map(Math.log);
  }
  sqrt(): ReferenceTensor {
    return this.#map(Math.sqrt);
  }
  tanh(): ReferenceTensor {
    return this.#map(Math.tanh);
  }
  sigmoid(): ReferenceTensor {
    return this.#map((x) => 1 / (1 + Math.exp(-x)));
  }
  relu(): ReferenceTensor {
    return this.#map((x) => Math.max(x, 0));
  }
  quickGelu(): ReferenceTensor {
    return this.mul(this.mul(1.702).sigmoid());
  }
  gelu(): ReferenceTensor {
    return this.#map((x) => (x * (1 + errorFunction(x / Math.SQRT2))) / 2);
  }
  silu(): ReferenceTensor {
    return this.mul(this.sigmoid());
  }
  lessThan(limit: number): ReferenceTensor {
    return this.#map((x) => Number(x < limit), "bool");
  }
  choose(yes: ReferenceTensor, no: ReferenceTensor): ReferenceTensor {
    const shape = broadcast(this.shape, broadcast(yes.shape, no.shape));
    return build(shape, yes.dtype, (at) => (this.#at(at) ? yes.#at(at) : no.#at(at)));
  }

  matmul(other: ReferenceTensor, { transposeOther = false } = {}): ReferenceTensor {
    const rank = other.shape.length;
    const swapped = [...Array(rank - 2).keys(), rank - 1, rank - 2];
    const right = transposeOther ? other.permute(swapped) : other;
    const batch = broadcast(this.shape.slice(0, -2), right.shape.slice(0, -2));
    const shape = [...batch, this.shape.at(-2)!, right.shape.at(-1)!];
    return build(shape, this.dtype, (at) => {
      const [row, column] = at.slice(-2) as [number, number];
      const outer = at.slice(0, -2);
      let sum = 0;
      for (let k = 0; k < this.shape.at(-1)!; k++)
        sum += this.#at([...outer, row, k]) * right.#at([...outer, k, column]);
      return sum;
    });
  }
  linear(weight: ReferenceTensor, bias?: ReferenceTensor): ReferenceTensor {
    const rows = this.reshape([-1, this.shape.at(-1)!]).matmul(weight, { transposeOther: true });
    return (bias ? rows.add(bias) : rows).reshape([...this.shape.slice(0, -1), weight.shape[0]!]);
  }
  lookup(ids: ReferenceTensor): ReferenceTensor {
    return build([...ids.shape, this.shape[1]!], this.dtype, (at) =>
      this.#at([ids.#at(at.slice(0, -1)), at.at(-1)!]),
    );
  }

  reshape(shape: Shape): ReferenceTensor {
    const rest = shape.reduce((size, axis) => (axis === -1 ? size : size * axis), 1);
    const sizes = shape.map((size) => (size === -1 ? this.data.length / rest : size));
    return new ReferenceTensor(this.data, sizes, this.dtype);
  }
  permute(order: readonly number[]): ReferenceTensor {
    const axes = order.map((axis) => this.#axis(axis));
    return build(
      axes.map((axis) => this.shape[axis]!),
      this.dtype,
      (at) => this.#at(this.shape.map((_, axis) => at[axes.indexOf(axis)]!)),
    );
  }
  slice(axis: number, start: number, end?: number): ReferenceTensor {
    const index = this.#axis(axis);
    const stop = end ?? this.shape[index]!;
    return build(this.shape.with(index, stop - start), this.dtype, (at) =>
      this.#at(at.with(index, at[index]! + start)),
    );
  }
  split(axis: number, sizes: readonly number[]): ReferenceTensor[] {
    const starts = sizes.map((_, part) => sizes.slice(0, part).reduce((a, b) => a + b, 0));
    return sizes.map((size, part) => this.slice(axis, starts[part]!, starts[part]! + size));
  }
  concat(others: readonly ReferenceTensor[], axis: number): ReferenceTensor {
    const index = this.#axis(axis);
    const owners = [this, ...others].flatMap((part) =>
      Array.from({ length: part.shape[index]! }, (_, entry) => ({ part, entry })),
    );
    return build(this.shape.with(index, owners.length), this.dtype, (at) => {
      const { part, entry } = owners[at[index]!]!;
      return part.#at(at.with(index, entry));
    });
  }
  expand(shape: Shape): ReferenceTensor {
    const added = shape.length - this.shape.length;
    const sizes = shape.map((size, axis) => (size === -1 ? this.shape[axis - added]! : size));
    return build(sizes, this.dtype, (at) => this.#at(at));
  }

  sum(axes: readonly number[], keepDims = false): ReferenceTensor {
    return this.#reduce(axes, keepDims, (values) => values.reduce((a, b) => a + b, 0));
  }
  mean(axes: readonly number[], keepDims = false): ReferenceTensor {
    return this.#reduce(axes, keepDims, (values) => values.reduce((a, b) => a + b) / values.length);
  }
  argmax(axis: number): ReferenceTensor {
    return this.#reduce([axis], false, (row) => row.indexOf(Math.max(...row)), "i64");
  }
  softmax(axis: number): ReferenceTensor {
    return this.logSoftmax(axis).exp();
  }
  logSoftmax(axis: number): ReferenceTensor {
    const shifted = this.sub(this.#reduce([axis], true, (row) => Math.max(...row)));
    return shifted.sub(shifted.exp().sum([axis], true).log());
  }
  layerNorm(weight: ReferenceTensor, bias: ReferenceTensor, epsilon: number): ReferenceTensor {
    const centred = this.sub(this.mean([-1], true));
    const variance = centred.mul(centred).mean([-1], true);
    return centred.div(variance.add(epsilon).sqrt()).mul(weight).add(bias);
  }

  groupNorm(
    groups: number,
    weight: ReferenceTensor,
    bias: ReferenceTensor,
    epsilon: number,
  ): ReferenceTensor {
    const rows = this.reshape([this.shape[0]!, groups, -1]);
    const centred = rows.sub(rows.mean([2], true));
    const normed = centred.div(centred.mul(centred).mean([2], true).add(epsilon).sqrt());
    const byChannel = (values: ReferenceTensor) => values.reshape([-1, 1, 1]);
    return normed.reshape(this.shape).mul(byChannel(weight)).add(byChannel(bias));
  }
  conv2d(
    weight: ReferenceTensor,
    bias: ReferenceTensor,
    { stride = 1, padding }: ConvolutionOptions = {},
  ): ReferenceTensor {
    const [batch, channels, height, width] = this.shape as [number, number, number, number];
    const [outputs, , size] = weight.shape as [number, number, number, number];
    const [before, after] = padding ?? [(size - 1) / 2, (size - 1) / 2];
    const [rows, columns] = [height, width].map((length) =>
      Math.floor((length + before + after - size) / stride + 1),
    );
    return build([batch, outputs, rows!, columns!], this.dtype, ([n, o, y, x]) => {
      let sum = bias.data[o!]!;
      for (let c = 0; c < channels; c++)
        for (let dy = 0; dy < size; dy++)
          for (let dx = 0; dx < size; dx++) {
            const [row, column] = [y! * stride + dy - before, x! * stride + dx - before];
            if (row >= 0 && row < height && column >= 0 && column < width)
              sum += this.#at([n!, c, row, column]) * weight.#at([o!, c, dy, dx]);
          }
      return sum;
    });
  }
  maxPool2d(size: number): ReferenceTensor {
    const [batch, channels, height, width] = this.shape as [number, number, number, number];
    const tiles = [batch, channels, height / size, size, width / size, size];
    const squares = this.reshape(tiles).permute([0, 1, 2, 4, 3, 5]);
    return squares.#reduce([4, 5], false, (square) => Math.max(...square));
  }
  upsampleNearest2d(scale: number): ReferenceTensor {
    const [batch, channels, height, width] = this.shape as [number, number, number, number];
    return build([batch, channels, height * scale, width * scale], this.dtype, ([n, c, y, x]) =>
      this.#at([n!, c!, Math.floor(y! / scale), Math.floor(x! / scale)]),
    );
  }

  /** The element at `index`, read as if broadcast to it. */
  #at(index: Index): number {
    let offset = 0;
    const added = index.length - this.shape.length;
    for (const [axis, size] of this.shape.entries())
      offset = offset * size + (size === 1 ? 0 : index[axis + added]!);
    return this.data[offset]!;
  }
  #axis(axis: number): number {
    return axis < 0 ? axis + this.shape.length : axis;
  }
  #map(compute: (x: number) => number, dtype = this.dtype): ReferenceTensor {
    return new ReferenceTensor(this.data.map(compute), this.shape, dtype);
  }
  #zip(other: ReferenceTensor | number, compute: (x: number, y: number) => number) {
    if (typeof other === "number") return this.#map((x) => compute(x, other));
    const shape = broadcast(this.shape, other.shape);
    return build(shape, this.dtype, (at) => compute(this.#at(at), other.#at(at)));
  }
  #reduce(
    axes: Index,
    keepDims: boolean,
    compute: (values: number[]) => number,
    dtype = this.dtype,
  ): ReferenceTensor {
    const reduced = new Set(axes.map((axis) => this.#axis(axis)));
    const kept = this.shape.map((size, axis) => (reduced.has(axis) ? 1 : size));
    const inner = this.shape.map((size, axis) => (reduced.has(axis) ? size : 1));
    const result = build(kept, dtype, (at) => {
      const values = indices(inner).map((within) =>
        this.#at(at.map((i, axis) => i + within[axis]!)),
      );
      return compute(values);
    });
    return keepDims ? result : result.reshape(this.shape.filter((_, axis) => !reduced.has(axis)));
  }
}

/** erf by its power series, which is exact enough for |x| < 5. */
function errorFunction(x: number): number {
  let [sum, term] = [0, x];
  for (let n = 0; n < 100; n++) {
    sum += term / (2 * n + 1);
    term *= (-x * x) / (n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

/** Every index into `shape`, in row-major order. */
function indices(shape: Shape): Index[] {
  return shape.reduce<Index[]>(
    (prefixes, size) =>
      prefixes.flatMap((at) => Array.from({ length: size }, (_, i) => [...at, i])),
    [[]],
  );
}

function build(shape: Shape, dtype: DType, element: (index: Index) => number): ReferenceTensor {
  return new ReferenceTensor(Float64Array.from(indices(shape), element), shape, dtype);
}

function broadcast(left: Shape, right: Shape): Shape {
  const rank = Math.max(left.length, right.length);
  return Array.from({ length: rank }, (_, axis) => {
    const [a, b] = [left[axis - rank + left.length] ?? 1, right[axis - rank + right.length] ?? 1];
    return a === 1 ? b : a;
  });
}
