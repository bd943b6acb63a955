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
    return storedTensor(this.file, this.#prefix + name).shape;
  }

  /** A weight under the name that a model of ours gives it, read when it is written. */
  parameter(target: Pick<GraphParameter, "name" | "shape">, name: string, view?: WeightView) {
    const full = this.#prefix + name;
    const tensor = storedTensor(this.file, full);
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

  /** sizes: what this file gives for a model's config → what `check` makes of them. The file is refused where it refuses them. */
  sized<C>(check: (sizes: C) => C, sizes: C, nextStep?: string): C {
    try {
      return check(sizes);
    } catch (cause) {
      if (!(cause instanceof DalleError)) throw cause;
      throw this.refuse(`has sizes that no such model has (${cause.message})`, nextStep);
    }
  }

  /** Refuses a codec of pictures with other channels than red, green and blue. */
  requireColours(channels: number): void {
    if (channels !== 3)
      throw this.refuse(
        `codes pictures of ${channels} channels`,
        "give a model of pictures with 3: red, green and blue",
      );
  }

  /** The error of a file that is not of the kind that its importer reads. `problem`: "has no …". */
  refuse(problem: string, nextStep?: string): DalleError {
    return refusal(this.file, problem, nextStep);
  }
}

/**
 * A tensor that must be in the file, and every element of it: a shape alone costs no bytes, and may claim billions where an
 * axis is empty or one element is repeated. For whoever makes as many things as a shape says.
 */
export function storedTensor(file: WeightSource, name: string): CheckpointTensor {
  const tensor = file.tensors.get(name);
  if (!tensor) throw refusal(file, `has no weight "${name}"`);
  const { shape, storage } = tensor;
  if (shape.includes(0)) throw refusal(file, `has nothing in "${name}", of the shape [${shape}]`);
  const count = shape.reduce((product, size) => product * size, 1);
  if (count <= storage.length) return tensor;
  throw refusal(
    file,
    `repeats the ${storage.length} stored elements of "${name}" to the shape [${shape}]`,
  );
}

function refusal(
  file: WeightSource,
  problem: string,
  nextStep = "check that it is a checkpoint of the kind named",
): DalleError {
  return new DalleError("bad_file", `${basename(file.path)} ${problem}; ${nextStep}.`);
}

/** The shape of a view, or undefined where the tensor's axes are not what the view is made for. */
function shapeThrough(view: WeightView, tensor: CheckpointTensor): Shape | undefined {
  try {
    return view(tensor).shape;
  } catch {
    return undefined;
  }
}
