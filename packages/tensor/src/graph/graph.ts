/**
 * @file Records a computation as it is written: `GraphTensor` operators append nodes here, and the record is
 * what `save` writes as ONNX. Knows the names of values and who made them; the operators know the mathematics.
 */
import { createHash } from "node:crypto";
import { bytesOf, checkHostData } from "../element-types.js";
import { badOption, DalleError } from "../errors.js";
import type { DType, HostArray, Shape } from "../tensor.js";
import type { Axis } from "./axes.js";
import { encodeModel } from "./encode.js";
import type { WeightFormat } from "./formats/formats.js";
import { GraphTensor } from "./graph-tensor.js";
import { keepLive } from "./live.js";
import { nameOutputs } from "./name-outputs.js";
import type {
  Attributes,
  Domain,
  GraphRecord,
  NamedValue,
  RecordedNode,
  StoredTensor,
} from "./record.js";
import { type SaveOptions, saveGraphs } from "./save.js";

/** Trained data, or a function that fetches it when the file is written. */
export type ParameterData = Float32Array | (() => Float32Array | Promise<Float32Array>);

export interface GraphOptions {
  /** How `linear` stores a weight and `lookup` a table: one format for all, or chosen for each parameter. @default "f32" */
  readonly weightFormat?: WeightFormat | ((name: string, shape: Shape) => WeightFormat);
}

/** The name of an input axis given as −1. */
const batchAxis = "N";

export class Graph {
  readonly name: string;
  readonly weightFormat: (name: string, shape: Shape) => WeightFormat;
  readonly #inputs: NamedValue[] = [];
  readonly #outputs = new Map<string, GraphTensor>();
  readonly #nodes: RecordedNode[] = [];
  readonly #tensors = new Map<string, StoredTensor>();
  readonly #values = new Map<string, GraphTensor>();

  constructor(name: string, { weightFormat = "f32" }: GraphOptions = {}) {
    this.name = name;
    this.weightFormat = typeof weightFormat === "function" ? weightFormat : () => weightFormat;
  }

  /** Declares an input. A string is the name of a size known at run time; −1 is short for "N". */
  input(name: string, shape: readonly Axis[], dtype: DType): GraphTensor {
    const axes = shape.map((axis) => {
      if (axis === -1) return batchAxis;
      if (typeof axis === "string" ? /^\w[\w+]*$/.test(axis) : Number.isInteger(axis) && axis >= 0)
        return axis;
      throw badOption(`input "${name}" axis`, "a size ≥ 0, −1 or a name such as N or S+1", axis);
    });
    this.#inputs.push({ name, axes, dtype });
    return this.#declare(new GraphTensor(this, name, axes, dtype));
  }

  /** Declares a trained fp32 tensor. It reaches the file only if an output needs it. */
  parameter(name: string, shape: Shape, data: ParameterData): GraphTensor {
    const load = async () => {
      const loaded = typeof data === "function" ? await data() : data;
      checkHostData(`parameter "${name}"`, loaded, shape, "f32");
      return loaded;
    };
    if (typeof data !== "function") checkHostData(`parameter "${name}"`, data, shape, "f32");
    const tensor = new GraphTensor(this, name, shape, "f32", { name, shape, load });
    this.#declare(tensor);
    this.#tensors.set(name, { name, type: "f32", shape, read: async () => bytesOf(await load()) });
    return tensor;
  }

  /** A tensor known now. Equal constants are stored once, and under the same name in every graph. */
  constant(data: HostArray, shape: Shape, dtype: DType): GraphTensor {
    checkHostData("constant", data, shape, dtype);
    const bytes = Uint8Array.from(bytesOf(data)); // the caller may go on writing to `data`
    const content = createHash("sha256").update(`${dtype} ${shape} `).update(bytes).digest("hex");
    return this.store({
      name: `constant.${content.slice(0, 16)}`,
      type: dtype,
      shape,
      read: () => bytes,
    });
  }

  /** Adds a tensor to the file; one already stored under this name is taken to be the same. */
  store(tensor: StoredTensor): GraphTensor {
    const known = this.#tensors.has(tensor.name) && this.#values.get(tensor.name);
    if (known) return known;
    // Signed bytes appear only as operands of quantised nodes, which look at nothing but their shape.
    const dtype = tensor.type === "i8" ? "u8" : tensor.type;
    const value = this.#declare(new GraphTensor(this, tensor.name, tensor.shape, dtype));
    this.#tensors.set(tensor.name, tensor);
    return value;
  }

  /** Makes `tensor` an output called `name`. */
  output(name: string, tensor: GraphTensor): void {
    this.#checkName(name);
    this.#checkOwn("output", tensor);
    this.#outputs.set(name, tensor);
  }

  /** Appends a node with one result. An undefined input is an optional one left out. */
  emit(
    operator: string,
    inputs: readonly (GraphTensor | undefined)[],
    axes: readonly Axis[],
    dtype: DType,
    attributes: Attributes = {},
    domain: Domain = "",
  ): GraphTensor {
    for (const input of inputs) if (input) this.#checkOwn(operator, input);
    const name = `${operator}_${this.#nodes.length}`;
    this.#nodes.push({
      operator,
      domain,
      inputs: inputs.map((input) => input?.name ?? ""),
      outputs: [name],
      attributes,
    });
    return this.#declare(new GraphTensor(this, name, axes, dtype));
  }

  /** What the outputs need, as it is written. */
  record(): GraphRecord {
    const live = keepLive({
      name: this.name,
      inputs: this.#inputs,
      outputs: [...this.#outputs.values()],
      nodes: this.#nodes,
      tensors: [...this.#tensors.values()],
    });
    return nameOutputs(live, [...this.#outputs.keys()]);
  }

  /** The whole model as one ONNX file in memory, weights included: for small models and tests. */
  async encode(metadata: Readonly<Record<string, string>> = {}): Promise<Uint8Array> {
    return encodeModel(this.record(), { metadata });
  }

  /** Writes `<path>.onnx` and its weight files; see `saveGraphs`. Resolves to the paths written. */
  save(path: string, options: SaveOptions = {}): Promise<string[]> {
    return saveGraphs([{ graph: this, path }], options);
  }

  #declare(value: GraphTensor): GraphTensor {
    this.#checkName(value.name);
    this.#values.set(value.name, value);
    return value;
  }

  #checkName(name: string): void {
    if (name !== "" && !this.#values.has(name) && !this.#outputs.has(name)) return;
    throw new DalleError(
      "bad_option",
      `graph "${this.name}": the name "${name}" is ${name ? "taken" : "empty"}; choose another.`,
    );
  }

  #checkOwn(operator: string, tensor: GraphTensor): void {
    if (tensor.graph === this) return;
    throw new DalleError(
      "bad_option",
      `${operator}: "${tensor.name}" was recorded in graph "${tensor.graph.name}", not in "${this.name}"; ` +
        "build all operands in one graph.",
    );
  }
}
