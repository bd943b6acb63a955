/** @file What a reference program computed: `inputs.safetensors` and `expected.safetensors` of one folder. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type CheckpointArray, CheckpointFile, DalleError, type Shape } from "@dalle-ts/tensor";

export interface ReferenceTensor {
  readonly shape: Shape;
  readonly data: CheckpointArray;
}

export class Reference {
  readonly #folder: string;
  readonly inputs: ReadonlyMap<string, ReferenceTensor>;
  readonly expected: ReadonlyMap<string, ReferenceTensor>;

  private constructor(
    folder: string,
    inputs: ReadonlyMap<string, ReferenceTensor>,
    expected: ReadonlyMap<string, ReferenceTensor>,
  ) {
    this.#folder = folder;
    this.inputs = inputs;
    this.expected = expected;
  }

  static async read(folder: string): Promise<Reference> {
    const inputs = await readTensors(join(folder, "inputs.safetensors"));
    return new Reference(folder, inputs, await readTensors(join(folder, "expected.safetensors")));
  }

  /** An input, or an expected result, of floats. */
  floats(name: string): { shape: Shape; data: Float32Array } {
    const { shape, data } = this.#find(name);
    if (data instanceof Float32Array) return { shape, data };
    throw this.#refuse(`"${name}" holds no f32`);
  }

  /** An input, or an expected result, of integers. */
  integers(name: string): { shape: Shape; data: BigInt64Array } {
    const { shape, data } = this.#find(name);
    if (data instanceof BigInt64Array) return { shape, data };
    if (data instanceof Int32Array) return { shape, data: BigInt64Array.from(data, BigInt) };
    throw this.#refuse(`"${name}" holds no integers`);
  }

  /** The texts of `prompts.json`, where the kind has a tokenizer. */
  async prompts(): Promise<string[]> {
    const path = join(this.#folder, "prompts.json");
    try {
      const entries: { readonly prompt: string }[] = JSON.parse(await readFile(path, "utf8"));
      return entries.map(({ prompt }) => prompt);
    } catch (cause) {
      throw new DalleError(
        "bad_file",
        `${path} is no list of prompts; give a folder made for this kind.`,
        { cause },
      );
    }
  }

  #find(name: string): ReferenceTensor {
    const tensor = this.inputs.get(name) ?? this.expected.get(name);
    if (tensor) return tensor;
    throw this.#refuse(`there is no "${name}"`);
  }

  #refuse(problem: string): DalleError {
    return new DalleError(
      "bad_file",
      `${this.#folder}: ${problem} in its inputs and expected results; give a folder made for this kind.`,
    );
  }
}

/** What a reference program may have computed with beside f32, as which they are compared. */
const otherFloats: ReadonlySet<string> = new Set(["f16", "bf16", "f64"]);

async function readTensors(path: string): Promise<Map<string, ReferenceTensor>> {
  await using file = await CheckpointFile.open(path);
  const tensors = new Map<string, ReferenceTensor>();
  for (const [name, { shape, dtype }] of file.tensors) {
    const data = otherFloats.has(dtype) ? await file.readFloat32(name) : await file.read(name);
    tensors.set(name, { shape, data });
  }
  return tensors;
}
