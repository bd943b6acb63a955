/**
 * @file Reads safetensors files: the header at once, checked strictly, each tensor when it is asked for. A file of
 * any size needs the memory of one tensor. Knows nothing about models.
 */
import { basename } from "node:path";
import { DalleError } from "../errors.js";
import { FileSource } from "../files/byte-source.js";
import { FileFault } from "../files/file-fault.js";
import type { HostArray } from "../tensor.js";
import { type Metadata, type TensorInfo, typeNames } from "./format.js";
import { type Header, readHeader } from "./header.js";
import { arrayOf, toFloat32 } from "./host-arrays.js";

/** An open file; `close` it, or declare it with `await using`. */
export class SafetensorsFile implements AsyncDisposable {
  readonly path: string;
  readonly #file: FileSource;
  readonly #header: Header;
  readonly #dataStart: number;

  private constructor(path: string, file: FileSource, header: Header, dataStart: number) {
    this.path = path;
    this.#file = file;
    this.#header = header;
    this.#dataStart = dataStart;
  }

  static async open(path: string): Promise<SafetensorsFile> {
    const file = await FileSource.open(path);
    try {
      const { header, dataStart } = await readHeader(file, typeNames);
      return new SafetensorsFile(path, file, header, dataStart);
    } catch (fault) {
      await file.close();
      throw fault instanceof FileFault ? badFile(path, fault.message, fault) : fault;
    }
  }

  get metadata(): Metadata {
    return this.#header.metadata;
  }

  /** The file's tensors by name, in the order of its header. */
  get tensors(): ReadonlyMap<string, TensorInfo> {
    return this.#header.tensors;
  }

  /** The data of one tensor, in memory of its own. */
  async read(name: string): Promise<HostArray> {
    const tensor = this.#header.tensors.get(name);
    if (!tensor) {
      throw new DalleError(
        "bad_model",
        `${basename(this.path)} has no tensor "${name}"; check that it belongs to this config.`,
      );
    }
    const { begin, end, dtype } = tensor;
    const read = this.#file.read(this.#dataStart + begin, end - begin);
    const bytes = await read.catch((fault: Error) => {
      if (!(fault instanceof FileFault)) throw fault;
      throw badFile(this.path, `it ends inside tensor "${name}"`, fault);
    });
    return arrayOf(bytes.buffer, dtype);
  }

  /** The data of a float tensor as f32, whatever float type the file has. */
  async readFloat32(name: string): Promise<Float32Array> {
    const data = await this.read(name);
    const { dtype } = this.#header.tensors.get(name)!;
    return toFloat32(data, dtype, `${basename(this.path)} tensor "${name}"`);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

function badFile(path: string, problem: string, cause?: unknown): DalleError {
  return new DalleError(
    "bad_file",
    `${path} is not a sound safetensors file: ${problem}; copy or export it again.`,
    { cause },
  );
}
