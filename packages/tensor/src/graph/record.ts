/** @file What a recorded graph consists of, before it is written as ONNX. */

import type { StoredType } from "../element-types.js";
import type { DType, Shape } from "../tensor.js";
import type { Axis } from "./axes.js";

export type Attribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly text: string }
  | { readonly ints: readonly number[] };

export type Attributes = Readonly<Record<string, Attribute>>;

/** "" is the ONNX standard; "com.microsoft" holds ONNX Runtime's own operators. */
export type Domain = "" | "com.microsoft";

export interface RecordedNode {
  readonly operator: string;
  readonly domain: Domain;
  /** Names of values; "" leaves an optional input out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Attributes;
}

/** A tensor whose bytes go into the file. */
export interface StoredTensor {
  readonly name: string;
  readonly type: StoredType;
  readonly shape: Shape;
  /** Little-endian row-major bytes; called when the file is written, once for each writing. */
  read(): Uint8Array | Promise<Uint8Array>;
}

/** An input or an output of the graph. */
export interface NamedValue {
  readonly name: string;
  readonly axes: readonly Axis[];
  readonly dtype: DType;
}

export interface GraphRecord {
  readonly name: string;
  readonly inputs: readonly NamedValue[];
  readonly outputs: readonly NamedValue[];
  readonly nodes: readonly RecordedNode[];
  readonly tensors: readonly StoredTensor[];
}

/** A trained fp32 tensor that the graph may store as it is or in a weight format. */
export interface Parameter {
  readonly name: string;
  readonly shape: Shape;
  /** Where this is several parameters one below the other: those, from the top. */
  readonly parts?: readonly Parameter[];
  /** Fetches the data; called when the file is written, possibly more than once. */
  load(): Promise<Float32Array>;
}
