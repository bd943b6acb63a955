/**
 * @file One face for every container that public checkpoints come in [SPEC §7.0]: what tensors a file has, each read from the
 * disk when it is asked for, and what else it says. Nothing in a file is ever run, and nothing in it is believed unchecked.
 */
import { basename } from "node:path";
import { DalleError } from "../errors.js";
import { FileSource } from "../files/byte-source.js";
import { FileFault, shortened } from "../files/file-fault.js";
import type { CheckpointTensor } from "./checkpoint-tensor.js";
import type { CheckpointArray } from "./element-types.js";
import { readContents } from "./read-contents.js";
import type { PlainValue } from "./values.js";

/** An open checkpoint; `close` it, or declare it with `await using`. */
export class CheckpointFile implements AsyncDisposable {
  /** As it was given. */
  readonly path: string;
  /** By name: for nested containers the keys joined with dots. */
  readonly tensors: ReadonlyMap<string, CheckpointTensor>;
  /** What the file says besides tensors, such as hyperparameters. */
  readonly values: PlainValue;
  readonly #file: FileSource;

  private constructor(
    path: string,
    file: FileSource,
    tensors: ReadonlyMap<string, CheckpointTensor>,
    values: PlainValue,
  ) {
    this.path = path;
    this.#file = file;
    this.tensors = tensors;
    this.values = values;
  }

  /** A `DalleError` for files that are no checkpoint, are broken, or were made to do harm. */
  static async open(path: string): Promise<CheckpointFile> {
    const file = await FileSource.open(path);
    try {
      const { tensors, values } = await readContents(file);
      return new CheckpointFile(path, file, tensors, values);
    } catch (fault) {
      await file.close();
      throw named(fault, path);
    }
  }

  /** The elements of one tensor in row-major order, as stored. */
  read(name: string): Promise<CheckpointArray> {
    return this.#named(name, (tensor) => tensor.read());
  }

  /** A weight, or a view of it, as f32; refused where it is not of floats, or not all finite. */
  readFloat32(
    name: string,
    view: (tensor: CheckpointTensor) => CheckpointTensor = (tensor) => tensor,
  ): Promise<Float32Array> {
    return this.#named(name, (tensor) => view(tensor).readFloat32());
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #named<R>(name: string, read: (tensor: CheckpointTensor) => Promise<R>): Promise<R> {
    const tensor = this.tensors.get(name);
    if (!tensor)
      throw new DalleError(
        "bad_file",
        `${basename(this.path)} has no tensor "${name}"; check that it is a checkpoint of the kind named.`,
      );
    try {
      return await read(tensor);
    } catch (fault) {
      throw named(fault, this.path, ` (tensor "${name}")`);
    }
  }
}

/** A fault as the error that names its file. */
function named(fault: unknown, path: string, place = ""): unknown {
  if (!(fault instanceof FileFault)) return fault;
  const { message, nextStep = "get the file again from where its owner publishes it" } = fault;
  return new DalleError(
    "bad_file",
    `${path} is not a sound checkpoint: ${shortened(message + place)}; ${nextStep}.`,
    { cause: fault },
  );
}
