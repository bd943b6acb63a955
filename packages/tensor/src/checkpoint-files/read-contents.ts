/** @file Tells the containers apart by how they begin [SPEC §7.0] and reads each into tensors and plain data. */

import { elementCount } from "../element-types.js";
import type { ByteSource } from "../files/byte-source.js";
import { FileFault } from "../files/file-fault.js";
import { checkpointTypeNames } from "../safetensors/format.js";
import { readHeader } from "../safetensors/header.js";
import { CheckpointTensor } from "./checkpoint-tensor.js";
import { type Flat, flatten } from "./flatten.js";
import { readMsgpack } from "./flax/msgpack.js";
import { refusePackaging } from "./packaging.js";
import { Storage } from "./storage.js";
import { rowMajorStrides } from "./strided.js";
import { legacyMagic, readTorchLegacy } from "./torch/torch-legacy.js";
import { readTorchZip } from "./torch/torch-zip.js";

const zipMagic = Uint8Array.of(0x50, 0x4b);

export async function readContents(source: ByteSource): Promise<Flat> {
  const head = await source.read(0, Math.min(source.size, 16));
  if (startsWith(head, zipMagic)) return readArchive(source);
  if (startsWith(head, legacyMagic)) return flatten(await readTorchLegacy(source));
  if (head[8] === "{".charCodeAt(0)) return readSafetensors(source);
  if (isNamedMap(head)) return flatten(await readMsgpack(source));
  await refusePackaging(source);
  throw new FileFault("it is neither a torch file, nor safetensors, nor flax's msgpack");
}

async function readArchive(source: ByteSource): Promise<Flat> {
  const { value, constants } = await readTorchZip(source);
  if (constants === undefined) return flatten(value);
  const { tensors, values } = flatten(value);
  const more = flatten(new Map([["constants", constants]])).tensors;
  return { tensors: new Map([...tensors, ...more]), values };
}

async function readSafetensors(source: ByteSource): Promise<Flat> {
  const { header, dataStart } = await readHeader(source, checkpointTypeNames);
  const tensors = [...header.tensors].map(([name, { dtype, shape, begin }]) => {
    const storage = new Storage(source, dtype, elementCount(shape), dataStart + begin);
    return [name, new CheckpointTensor(storage, 0, shape, rowMajorStrides(shape))] as const;
  });
  return { tensors: new Map(tensors), values: { ...header.metadata } };
}

function startsWith(bytes: Uint8Array, beginning: Uint8Array): boolean {
  return beginning.every((byte, index) => bytes[index] === byte);
}

/** Bytes of a MessagePack map's own before its first key, by its first byte. */
function mapHeader(byte: number): number | undefined {
  if (byte > 0x80 && byte < 0x90) return 1;
  return byte === 0xde ? 3 : byte === 0xdf ? 5 : undefined;
}

/** The beginning of a MessagePack map that holds something by a name; a PNG begins like a map of numbers. */
function isNamedMap(head: Uint8Array): boolean {
  const key = head[mapHeader(head[0] ?? 0) ?? head.length];
  return key !== undefined && ((key >= 0xa0 && key < 0xc0) || (key >= 0xd9 && key <= 0xdb));
}
