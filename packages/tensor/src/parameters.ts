/**
 * @file Parameters of a model: a flat map from name to tensor, the names being those of the safetensors file.
 * A model file lists its parameters once (`ParameterSpec[]`); initialising, counting, checking and loading read that list.
 */
import { DalleError } from "./errors.js";
import type { Shape, Tensor } from "./tensor.js";

/** How a fresh parameter is filled: normal with a standard deviation, or one value. */
export type Initializer = { readonly normal: number } | { readonly fill: number };

export interface ParameterSpec {
  readonly name: string;
  readonly shape: Shape;
  readonly init: Initializer;
}

/** Number of scalars in a list of parameters. */
export function parameterCount(specs: readonly ParameterSpec[]): number {
  return specs.reduce((sum, spec) => sum + spec.shape.reduce((a, b) => a * b, 1), 0);
}

/** The same parameters below a branch: "weight" becomes "encoder.weight". */
export function branchSpecs(branch: string, specs: readonly ParameterSpec[]): ParameterSpec[] {
  return specs.map((spec) => ({ ...spec, name: `${branch}.${spec.name}` }));
}

/** Read access to parameters by name; `at("layers.3")` is the same tree seen from a branch. */
export class ParameterTree<T extends Tensor<T>> {
  readonly #tensors: ReadonlyMap<string, T>;
  readonly #prefix: string;

  constructor(tensors: ReadonlyMap<string, T>, prefix = "") {
    this.#tensors = tensors;
    this.#prefix = prefix;
  }

  at(branch: string): ParameterTree<T> {
    return new ParameterTree(this.#tensors, `${this.#prefix}${branch}.`);
  }

  get(name: string): T {
    const full = this.#prefix + name;
    const tensor = this.#tensors.get(full);
    if (!tensor) {
      throw new DalleError(
        "bad_model",
        `The model has no parameter "${full}"; check that the weights belong to this config.`,
      );
    }
    return tensor;
  }
}
