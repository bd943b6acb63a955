/** @file The weights of a checkpoint below one prefix of their names, as an importer takes them for a graph. */
import { basename } from "node:path";
import { type CheckpointTensor, DalleError, type Shape } from "@dalle-ts/tensor";
import type { GraphParameter } from "../export/record.js";

/** Another way to look at a tensor: a slice, or other axes. */
export type WeightView = (tensor: CheckpointTensor) => CheckpointTensor;

/** An open checkpoint, or one seen under other names. */
export interface WeightSource {
  readonly path: string;
  readonly tensors: ReadonlyMap<string, CheckpointTensor>;
  readFloat32(name: string, view?: WeightView): Promise<Float32Array>;
}

export class Weights {
  readonly file: WeightSource;
  readonly #prefix: string;

  /** prefix: with its last dot, such as "vae.enc."; empty for the whole file. */
  constructor(file: WeightSource, prefix = "") {
    this.file = file;
    this.#prefix = prefix;
  }

  at(branch: string): Weights {
    return new Weights(this.file, `${this.#prefix}${branch}.`);
  }

  /** Names below the prefix, without it. */
  get names(): string[] {
    return [...this.file.tensors.keys()]
      .filter((name) => name.startsWith(this.#prefix))
      .map((name) => name.slice(this.#prefix.length));
  }

  has(name: string): boolean {
    return this.file.tensors.has(this.#prefix + name);
  }

  /** The shape of a weight that must be there. */
  shape(name: string): Shape {
    const tensor = this.file.tensors.get(this.#prefix + name);
    if (tensor) return tensor.shape;
    throw this.refuse(`has no weight "${this.#prefix + name}"`);
  }

  /** A weight under the name that a model of ours gives it, read when it is written. */
  parameter(target: Pick<GraphParameter, "name" | "shape">, name: string, view?: WeightView) {
    const full = this.#prefix + name;
    this.shape(name); // that it is there
    const tensor = this.file.tensors.get(full)!;
    const shape = view ? shapeThrough(view, tensor) : tensor.shape;
    if (shape?.join() !== target.shape.join())
      throw this.refuse(
        `has "${full}" in the shape [${tensor.shape}], which cannot give the [${target.shape}] that is needed`,
      );
    return { ...target, data: () => this.file.readFloat32(full, view) };
  }

  /** A weight's numbers, read when they are needed, for parameters that are computed from several. */
  read(name: string): Promise<Float32Array> {
    return this.file.readFloat32(this.#prefix + name);
  }

  /** One more than the largest number that `pattern` finds in a name: how many of something there are. */
  count(pattern: RegExp): number {
    const { names } = this;
    const count = names.reduce(
      (most, name) => Math.max(most, Number(pattern.exec(name)?.[1] ?? -1) + 1),
      0,
    );
    // Whatever there are has weights of its own; a name alone must not make millions of them.
    if (count <= names.length) return count;
    throw this.refuse(`numbers its weights up to ${count - 1} and has ${names.length} of them`);
  }

  /** The error of a file that is not of the kind that its importer reads. `problem`: "has no …". */
  refuse(problem: string): DalleError {
    return new DalleError(
      "bad_file",
      `${basename(this.file.path)} ${problem}; check that it is a checkpoint of the kind named.`,
    );
  }
}

/** The shape of a view, or undefined where the tensor's axes are not what the view is made for. */
function shapeThrough(view: WeightView, tensor: CheckpointTensor): Shape | undefined {
  try {
    return view(tensor).shape;
  } catch {
    return undefined;
  }
}
