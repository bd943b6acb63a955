/** @file What one case of the operator suite is, and the random inputs it draws. */
import type { DType, HostArray, Tensor } from "@dalle-ts/tensor";

/** Host data in an engine-neutral form; an output's data may be compared as numbers. */
export interface HostTensor {
  readonly data: HostArray;
  readonly shape: readonly number[];
  readonly dtype: DType;
}

export interface CaseInput extends HostTensor {
  /** Names of sizes that the recorder must not know, by axis. */
  readonly unknown: Readonly<Record<number, string>>;
  /** Declared to the recorder as a trained parameter. */
  readonly trained: boolean;
}

export interface OperatorCase {
  readonly name: string;
  readonly inputs: readonly CaseInput[];
  readonly apply: <T extends Tensor<T>>(...inputs: T[]) => T;
}

export interface Engine {
  readonly name: string;
  run(operatorCase: OperatorCase): Promise<HostTensor>;
}

/** A generator of numbers in [0, 1) that repeats itself in every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = seeded(2021);

const plain = { unknown: {}, trained: false } as const;
const count = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

/** f32, uniform in (−2, 2). */
export function floats(...shape: number[]): CaseInput {
  const data = Float32Array.from({ length: count(shape) }, () => 4 * random() - 2);
  return { data, shape, dtype: "f32", ...plain };
}

/** f32, uniform in (0.1, 4.1). */
export function positives(...shape: number[]): CaseInput {
  const { data, ...rest } = floats(...shape);
  return { data: (data as Float32Array).map((value) => value + 2.1), ...rest };
}

/** i64, uniform in [0, limit). */
export function ids(limit: number, ...shape: number[]): CaseInput {
  const draw = () => BigInt(Math.floor(limit * random()));
  const data = BigInt64Array.from({ length: count(shape) }, draw);
  return { data, shape, dtype: "i64", ...plain };
}

/** bool, true or false evenly. */
export function flags(...shape: number[]): CaseInput {
  const data = Uint8Array.from({ length: count(shape) }, () => Number(random() < 0.5));
  return { data, shape, dtype: "bool", ...plain };
}

/** unknown(floats(2, 3), { 0: "N" }): the recorder knows the first axis only as N. */
export function unknown(input: CaseInput, axes: Readonly<Record<number, string>>): CaseInput {
  return { ...input, unknown: axes };
}

/** The input as a trained parameter. */
export function trained(input: CaseInput): CaseInput {
  return { ...input, trained: true };
}
