/**
 * @file The part of MessagePack that flax writes: maps, arrays, text, numbers, and arrays of numbers as extension type 1,
 * (shape, type, bytes) [SPEC §7.0]. The bytes stay on the disk; only what is around them is read.
 */

import { elementCount } from "../../element-types.js";
import type { ByteSource } from "../../files/byte-source.js";
import { FileFault } from "../../files/file-fault.js";
import { CheckpointTensor } from "../checkpoint-tensor.js";
import { bytesOfElement, type StoredDType } from "../element-types.js";
import { Storage } from "../storage.js";
import { rowMajorStrides } from "../strided.js";
import type { StoredValue } from "../values.js";
import { joinChunks } from "./chunks.js";
import { SourceCursor } from "./source-cursor.js";

/** Values in one file; the largest public one has a few hundred. */
const mostValues = 1_000_000;
const deepest = 64;
/** Bytes of one text, such as a name. */
const longestText = 2 ** 20;

/** NumPy's names of element types. */
const numpyTypes: ReadonlyMap<StoredValue, StoredDType> = new Map<StoredValue, StoredDType>([
  ["float32", "f32"],
  ["float16", "f16"],
  ["bfloat16", "bf16"],
  ["float64", "f64"],
  ["int64", "i64"],
  ["int32", "i32"],
  ["int16", "i16"],
  ["int8", "i8"],
  ["uint8", "u8"],
  ["bool", "bool"],
  ["uint16", "u16"],
  ["uint32", "u32"],
  ["uint64", "u64"],
  ["complex64", "c64"],
  ["complex128", "c128"],
]);

export async function readMsgpack(source: ByteSource): Promise<StoredValue> {
  const reader = new MsgpackReader(source);
  const value = await reader.value(0);
  if (reader.cursor.position !== source.size)
    throw new FileFault(`it has ${source.size - reader.cursor.position} bytes after its end`);
  return value;
}

class MsgpackReader {
  readonly cursor: SourceCursor;
  readonly #source: ByteSource;
  #values = 0;

  constructor(source: ByteSource) {
    this.#source = source;
    this.cursor = new SourceCursor(source);
  }

  async value(depth: number): Promise<StoredValue> {
    if (++this.#values > mostValues) throw new FileFault(`it has over ${mostValues} values`);
    if (depth > deepest) throw new FileFault(`it nests over ${deepest} levels deep`);
    const { cursor } = this;
    const head = await cursor.uint(1);
    if (head < 0x80) return head;
    if (head < 0x90) return this.#map(head & 15, depth);
    if (head < 0xa0) return this.#array(head & 15, depth);
    if (head < 0xc0) return this.#text(head & 31);
    if (head >= 0xe0) return head - 256;
    const width = 2 ** (head & 3);
    switch (head) {
      case 0xc0:
        return null;
      case 0xc2:
      case 0xc3:
        return head === 0xc3;
      case 0xc4:
      case 0xc5:
      case 0xc6:
        return this.#skip(await cursor.uint(2 ** (head - 0xc4)));
      case 0xc7:
      case 0xc8:
      case 0xc9:
        return this.#extension(await cursor.uint(2 ** (head - 0xc7)), depth);
      case 0xca:
        return (await cursor.view(4)).getFloat32(0);
      case 0xcb:
        return (await cursor.view(8)).getFloat64(0);
      case 0xcc:
      case 0xcd:
      case 0xce:
        return cursor.uint(width);
      case 0xcf:
        return safe((await cursor.view(8)).getBigUint64(0));
      case 0xd0:
        return (await cursor.view(1)).getInt8(0);
      case 0xd1:
        return (await cursor.view(2)).getInt16(0);
      case 0xd2:
        return (await cursor.view(4)).getInt32(0);
      case 0xd3:
        return safe((await cursor.view(8)).getBigInt64(0));
      case 0xd4:
      case 0xd5:
      case 0xd6:
      case 0xd7:
      case 0xd8:
        return this.#extension(2 ** (head - 0xd4), depth);
      case 0xd9:
      case 0xda:
      case 0xdb:
        return this.#text(await cursor.uint(2 ** (head - 0xd9)));
      case 0xdc:
      case 0xdd:
        return this.#array(await cursor.uint(head === 0xdc ? 2 : 4), depth);
      case 0xde:
      case 0xdf:
        return this.#map(await cursor.uint(head === 0xde ? 2 : 4), depth);
      default:
        throw new FileFault(`it has a byte that MessagePack does not know, 0x${head.toString(16)}`);
    }
  }

  async #map(count: number, depth: number): Promise<StoredValue> {
    const map = new Map<StoredValue, StoredValue>();
    for (let index = 0; index < count; index++) {
      const key = await this.value(depth + 1);
      if (typeof key !== "string") throw new FileFault("it has a key that is no text");
      if (map.has(key)) throw new FileFault(`it has the key "${key}" twice`);
      map.set(key, await this.value(depth + 1));
    }
    return joinChunks(map);
  }

  async #array(count: number, depth: number): Promise<StoredValue[]> {
    const array: StoredValue[] = [];
    for (let index = 0; index < count; index++) array.push(await this.value(depth + 1));
    return array;
  }

  async #text(length: number): Promise<string> {
    if (length > longestText) throw new FileFault(`it has a text of ${length} bytes`);
    return new TextDecoder().decode(await this.cursor.bytes(length));
  }

  /** Bytes that are no tensor's. */
  async #skip(length: number): Promise<null> {
    this.cursor.skip(length);
    return null;
  }

  /** Type 1 is an array of numbers, type 3 a single one written the same way. */
  async #extension(length: number, depth: number): Promise<StoredValue> {
    const { cursor } = this;
    const type = (await cursor.view(1)).getInt8(0);
    const end = cursor.position + length;
    if (type !== 1 && type !== 3) throw new FileFault(`it has an extension of type ${type}`);
    if ((await cursor.uint(1)) !== 0x93) throw new FileFault("it has an array that is malformed");
    const shape = await this.value(depth + 1);
    const name = await this.value(depth + 1);
    const bytes = await this.#bytesHeader();
    const dtype = numpyTypes.get(name);
    if (!dtype) throw new FileFault(`it has an array of the unknown type ${String(name)}`);
    const isSizes = Array.isArray(shape) && shape.length <= 16 && shape.every(Number.isSafeInteger);
    const sizes = isSizes ? (shape as number[]) : [-1];
    if (elementCount(sizes) * bytesOfElement(dtype) !== bytes || cursor.position + bytes !== end)
      throw new FileFault(`it has an array of shape [${String(shape)}] in ${bytes} bytes`);
    const storage = new Storage(this.#source, dtype, elementCount(sizes), cursor.position);
    cursor.skip(bytes);
    return new CheckpointTensor(storage, 0, sizes, rowMajorStrides(sizes));
  }

  async #bytesHeader(): Promise<number> {
    const head = await this.cursor.uint(1);
    if (head < 0xc4 || head > 0xc6) throw new FileFault("it has an array without bytes");
    return this.cursor.uint(2 ** (head - 0xc4));
  }
}

function safe(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
