/**
 * @file Writes safetensors files, one tensor in memory at a time. The file appears at its path whole, or not at all.
 */
import { bytesOf, checkHostData, elementBytes, elementCount } from "../element-types.js";
import { DalleError } from "../errors.js";
import { replaceFiles } from "../files/replace-files.js";
import type { HostArray } from "../tensor.js";
import {
  largestHeader,
  lengthBytes,
  type Metadata,
  metadataKey,
  type TensorInfo,
  typeNames,
} from "./format.js";

export interface TensorSource extends TensorInfo {
  /** The data, or a function that fetches it when its turn comes. */
  readonly data: HostArray | (() => HostArray | Promise<HostArray>);
}

export interface WriteOptions {
  /** Strings for the reader, such as the config. @default none */
  readonly metadata?: Metadata;
}

export async function writeSafetensors(
  path: string,
  tensors: readonly TensorSource[],
  { metadata }: WriteOptions = {},
): Promise<void> {
  // Wide elements first, so that each tensor starts at a multiple of its element size.
  const ordered = tensors.toSorted((a, b) => elementBytes[b.dtype] - elementBytes[a.dtype]);
  const header = encodeHeader(ordered, metadata);
  await replaceFiles([
    {
      path,
      async fill(writer) {
        await writer.write(header);
        for (const { name, data, shape, dtype } of ordered) {
          const array = typeof data === "function" ? await data() : data;
          checkHostData(`tensor "${name}"`, array, shape, dtype);
          await writer.write(bytesOf(array));
        }
      },
    },
  ]);
}

/** Length field and JSON, padded with spaces to a multiple of eight bytes. */
function encodeHeader(
  tensors: readonly TensorSource[],
  metadata: Metadata | undefined,
): Uint8Array {
  const entries = new Map<string, unknown>();
  if (metadata) entries.set(metadataKey, metadata);
  let offset = 0;
  for (const { name, dtype, shape } of tensors) {
    if (entries.has(name) || name === metadataKey) {
      throw new DalleError(
        "bad_option",
        `The tensor name "${name}" is ${name === metadataKey ? "reserved" : "used twice"}; rename it.`,
      );
    }
    const end = offset + elementCount(shape) * elementBytes[dtype];
    entries.set(name, { dtype: typeNames[dtype], shape, data_offsets: [offset, end] });
    offset = end;
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const length = Math.ceil(json.length / lengthBytes) * lengthBytes;
  if (length > largestHeader) {
    throw new DalleError(
      "unsupported",
      `The safetensors header would take ${length} bytes, more than ${largestHeader}; write several files.`,
    );
  }
  const bytes = new Uint8Array(lengthBytes + length).fill(" ".charCodeAt(0));
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(json, lengthBytes);
  return bytes;
}
