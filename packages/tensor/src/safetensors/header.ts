/**
 * @file Reads a safetensors header and trusts nothing in it. Every failure is a sentence fragment thrown as
 * `FileFault`; the caller knows the file's name and makes the error.
 */
import { bytesOfElement, type CheckpointDType } from "../checkpoint-files/element-types.js";
import { elementCount } from "../element-types.js";
import type { ByteSource } from "../files/byte-source.js";
import { FileFault } from "../files/file-fault.js";
import type { DType, Shape } from "../tensor.js";
import {
  largestHeader,
  lengthBytes,
  type Metadata,
  metadataKey,
  type TensorInfo,
} from "./format.js";
import { repeatedKey } from "./repeated-key.js";

/** A tensor and its bytes: from `begin` to before `end`, counted from the end of the header. */
export interface PlacedTensor<D extends CheckpointDType = DType>
  extends Pick<TensorInfo, "name" | "shape"> {
  readonly dtype: D;
  readonly begin: number;
  readonly end: number;
}

export interface Header<D extends CheckpointDType = DType> {
  readonly metadata: Metadata;
  readonly tensors: ReadonlyMap<string, PlacedTensor<D>>;
}

/** The header of a file, and the position of the data that it describes. names: of the types that the reader can use. */
export async function readHeader<D extends CheckpointDType>(
  source: ByteSource,
  names: Readonly<Record<D, string>>,
): Promise<{ header: Header<D>; dataStart: number }> {
  const { size } = source;
  if (size < lengthBytes) throw new FileFault(`it has only ${size} bytes`);
  const lengthField = await source.read(0, lengthBytes);
  const length = new DataView(lengthField.buffer).getBigUint64(0, true);
  if (length > largestHeader)
    throw new FileFault(`its header claims ${length} bytes, more than ${largestHeader}`);
  const dataStart = lengthBytes + Number(length);
  if (dataStart > size)
    throw new FileFault(`its header claims ${length} bytes but the file has ${size}`);
  const json = await source.read(lengthBytes, Number(length));
  return { header: parseHeader(json, size - dataStart, names), dataStart };
}

/** `bytes`: the JSON; `dataBytes`: what follows it in the file, which the tensors must fill exactly. */
function parseHeader<D extends CheckpointDType>(
  bytes: Uint8Array,
  dataBytes: number,
  names: Readonly<Record<D, string>>,
): Header<D> {
  const entries = parseObject(bytes);
  const tensors = new Map<string, PlacedTensor<D>>();
  let metadata: Metadata = {};
  for (const [name, entry] of Object.entries(entries)) {
    if (name === metadataKey) metadata = parseMetadata(entry);
    else tensors.set(name, parseTensor(name, entry, names));
  }
  checkCoverage([...tensors.values()], dataBytes);
  return { metadata, tensors };
}

function parseObject(bytes: Uint8Array): Record<string, unknown> {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch (cause) {
    throw new FileFault("its header is not JSON in UTF-8", { cause });
  }
  if (!isRecord(value)) throw new FileFault("its header is not a JSON object");
  const repeated = repeatedKey(text);
  if (repeated !== undefined) throw new FileFault(`its header has the key "${repeated}" twice`);
  return value;
}

function parseMetadata(entry: unknown): Metadata {
  if (!isRecord(entry) || !Object.values(entry).every((value) => typeof value === "string"))
    throw new FileFault(`its ${metadataKey} is not a map from string to string`);
  return entry as Metadata;
}

function parseTensor<D extends CheckpointDType>(
  name: string,
  entry: unknown,
  names: Readonly<Record<D, string>>,
): PlacedTensor<D> {
  const fault = (problem: string) => new FileFault(`tensor "${name}" ${problem}`);
  if (!isRecord(entry)) throw fault("is not described by a JSON object");
  const unknownKey = Object.keys(entry).find((key) => !tensorKeys.has(key));
  if (unknownKey !== undefined) throw fault(`has the unknown field "${unknownKey}"`);
  const dtype = (Object.keys(names) as D[]).find((each) => names[each] === entry.dtype);
  if (!dtype) {
    const known = Object.values(names).join(", ");
    throw fault(`has the dtype ${JSON.stringify(entry.dtype)}, not one of ${known}`);
  }
  if (!isSizes(entry.shape)) throw fault("has a shape that is not a list of integers ≥ 0");
  const shape: Shape = entry.shape;
  const offsets = entry.data_offsets;
  if (!isSizes(offsets) || offsets.length !== 2 || offsets[0]! > offsets[1]!)
    throw fault("has data_offsets that are not two integers 0 ≤ begin ≤ end");
  const [begin, end] = offsets as [number, number];
  const expected = elementCount(shape) * bytesOfElement(dtype);
  if (end - begin !== expected) {
    const layout = `${entry.dtype} [${shape.join(", ")}]`;
    throw fault(`has ${end - begin} bytes where ${layout} takes ${expected}`);
  }
  return { name, dtype, shape, begin, end };
}

/** The tensors must lie end to end from 0 to `dataBytes`: no gap, no overlap, nothing past the end. */
function checkCoverage(
  tensors: readonly Pick<PlacedTensor, "name" | "begin" | "end">[],
  dataBytes: number,
): void {
  let covered = 0;
  for (const { name, begin, end } of tensors.toSorted(
    (a, b) => a.begin - b.begin || a.end - b.end,
  )) {
    if (begin !== covered) {
      const problem = begin < covered ? "overlaps the one before it" : "leaves a gap before it";
      throw new FileFault(`the data of tensor "${name}" ${problem}`);
    }
    covered = end;
  }
  if (covered !== dataBytes)
    throw new FileFault(`its header describes ${covered} bytes of data but ${dataBytes} follow`);
}

const tensorKeys: ReadonlySet<string> = new Set(["dtype", "shape", "data_offsets"]);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}
