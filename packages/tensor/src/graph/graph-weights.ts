/**
 * @file The weights of a saved graph, read back as the parameters that it was recorded from: what a model folder holds
 * is enough to train on from. A weight in 8 or 4 bits comes back as its codes times their scales.
 */
import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { elementBytes, elementCount, onnxTypes, type StoredType } from "../element-types.js";
import { DalleError } from "../errors.js";
import { FileSource } from "../files/byte-source.js";
import { cannotOpen } from "../files/cannot-open.js";
import { FileFault } from "../files/file-fault.js";
import { toFloat32 } from "../safetensors/host-arrays.js";
import type { Shape } from "../tensor.js";
import { restoreFloat16 } from "./formats/float16.js";
import { restoreFloat32 } from "./formats/float32.js";
import { restoreInt4 } from "./formats/int4.js";
import { restoreInt8 } from "./formats/int8.js";
import { restoreInt8Rows } from "./formats/int8-rows.js";
import { restoreTable } from "./formats/tables.js";
import { type DecodedTensor, decodeTensors } from "./onnx-schema.js";

/** Reads a stored tensor as floats or bytes. */
export interface StoredReader {
  /** Throws where the graph stores no such tensor of this shape. */
  float32(name: string, shape: Shape): Promise<Float32Array>;
  /** Half precision, widened. */
  float16(name: string, shape: Shape): Promise<Float32Array>;
  int8(name: string, shape: Shape): Promise<Int8Array>;
  uint8(name: string, shape: Shape): Promise<Uint8Array>;
  has(name: string): boolean;
}

const restorers = [
  restoreFloat32,
  restoreInt8Rows,
  restoreInt8,
  restoreFloat16,
  restoreInt4,
  restoreTable,
];

export class GraphWeights implements StoredReader {
  readonly #path: string;
  readonly #tensors: ReadonlyMap<string, DecodedTensor>;

  private constructor(path: string, tensors: readonly DecodedTensor[]) {
    this.#path = path;
    this.#tensors = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  }

  /** path: of an `.onnx` file that `saveGraphs` wrote, its weight files beside it. */
  static async open(path: string): Promise<GraphWeights> {
    const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
      throw cannotOpen(path, cause);
    });
    return new GraphWeights(path, decodeTensors(bytes, path));
  }

  has(name: string): boolean {
    return this.#tensors.has(name);
  }

  /** The parameter as fp32 in its own shape, however the graph stores it; undefined where the graph does not use it. */
  async parameter(name: string, shape: Shape): Promise<Float32Array | undefined> {
    if (this.has(name)) return this.float32(name, shape);
    for (const restore of restorers) {
      const restored = await restore(this, name, shape);
      if (restored) return restored;
    }
    return undefined;
  }

  async float32(name: string, shape: Shape): Promise<Float32Array> {
    return new Float32Array((await this.#bytes(name, shape, "f32")).buffer);
  }

  async float16(name: string, shape: Shape): Promise<Float32Array> {
    const halves = new Uint16Array((await this.#bytes(name, shape, "f16")).buffer);
    return toFloat32(halves, "f16", name);
  }

  async int8(name: string, shape: Shape): Promise<Int8Array> {
    return new Int8Array((await this.#bytes(name, shape, "i8")).buffer);
  }

  async uint8(name: string, shape: Shape): Promise<Uint8Array> {
    return this.#bytes(name, shape, "u8");
  }

  async #bytes(name: string, shape: Shape, type: StoredType): Promise<Uint8Array<ArrayBuffer>> {
    const found = this.#tensors.get(name);
    if (found?.type !== onnxTypes[type] || found.shape.join() !== shape.join())
      throw badGraph(
        this.#path,
        `"${name}" has shape [${found?.shape ?? "missing"}] where [${shape}] is expected`,
      );
    const expected = elementCount(shape) * elementBytes[type];
    const length = found.inline?.length ?? found.place?.length;
    if (length !== expected)
      throw badGraph(
        this.#path,
        `"${name}" has ${length} bytes where [${shape}] takes ${expected}`,
      );
    return found.inline ? Uint8Array.from(found.inline) : this.#read(name, found.place!);
  }

  async #read(
    name: string,
    { file, offset, length }: NonNullable<DecodedTensor["place"]>,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const path = join(dirname(this.#path), basename(file));
    const source = await FileSource.open(path);
    try {
      return await source.read(offset, length);
    } catch (fault) {
      if (!(fault instanceof FileFault)) throw fault;
      throw badGraph(path, `it ends before "${name}" does`, fault);
    } finally {
      await source.close();
    }
  }
}

function badGraph(path: string, problem: string, cause?: unknown): DalleError {
  return new DalleError("bad_model", `${path}: ${problem}; copy or export the model again.`, {
    cause,
  });
}
