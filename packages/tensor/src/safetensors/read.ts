/**
 * @file Reads safetensors files: the header at once, checked strictly, each tensor when it is asked for. A file of
 * any size needs the memory of one tensor. Knows nothing about models.
 */
import { type FileHandle, open } from "node:fs/promises";
import { basename } from "node:path";
import { DalleError } from "../errors.js";
import type { HostArray } from "../tensor.js";
import { largestHeader, lengthBytes, type Metadata, type TensorInfo } from "./format.js";
import { type Header, HeaderFault, parseHeader } from "./header.js";
import { arrayOf, toFloat32 } from "./host-arrays.js";

/** Node reads at most 2 GiB − 1 in one call. */
const largestRead = 2 ** 30;

/** An open file; `close` it, or declare it with `await using`. */
export class SafetensorsFile implements AsyncDisposable {
  readonly path: string;
  readonly #file: FileHandle;
  readonly #header: Header;
  readonly #dataStart: number;

  private constructor(path: string, file: FileHandle, header: Header, dataStart: number) {
    this.path = path;
    this.#file = file;
    this.#header = header;
    this.#dataStart = dataStart;
  }

  static async open(path: string): Promise<SafetensorsFile> {
    const file = await open(path, "r").catch((cause: Error) => {
      throw new DalleError("not_found", `Cannot open ${path}: ${cause.message}; check the path.`, {
        cause,
      });
    });
    try {
      const { header, dataStart } = await readHeader(file);
      return new SafetensorsFile(path, file, header, dataStart);
    } catch (fault) {
      await file.close();
      throw fault instanceof HeaderFault ? badFile(path, fault.message, fault) : fault;
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
    const bytes = await readBytes(this.#file, this.#dataStart + begin, end - begin);
    if (!bytes) throw badFile(this.path, `it ends inside tensor "${name}"`);
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

async function readHeader(file: FileHandle): Promise<{ header: Header; dataStart: number }> {
  const { size } = await file.stat();
  const lengthField = size < lengthBytes ? undefined : await readBytes(file, 0, lengthBytes);
  if (!lengthField) throw new HeaderFault(`it has only ${size} bytes`);
  const length = new DataView(lengthField.buffer).getBigUint64(0, true);
  if (length > largestHeader)
    throw new HeaderFault(`its header claims ${length} bytes, more than ${largestHeader}`);
  const dataStart = lengthBytes + Number(length);
  const json = dataStart > size ? undefined : await readBytes(file, lengthBytes, Number(length));
  if (!json) throw new HeaderFault(`its header claims ${length} bytes but the file has ${size}`);
  return { header: parseHeader(json, size - dataStart), dataStart };
}

/** Bytes `position` … `position + length − 1`, or undefined if the file ends before. */
async function readBytes(file: FileHandle, position: number, length: number) {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length; ) {
    const step = Math.min(length - done, largestRead);
    const { bytesRead } = await file.read(bytes, done, step, position + done);
    if (bytesRead === 0) return undefined;
    done += bytesRead;
  }
  return bytes;
}

function badFile(path: string, problem: string, cause?: unknown): DalleError {
  return new DalleError(
    "bad_file",
    `${path} is not a sound safetensors file: ${problem}; copy or export it again.`,
    { cause },
  );
}
