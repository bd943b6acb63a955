/** @file Which stored tensor goes where in which weight file. Pure arithmetic; writes nothing. */

import { elementBytes, elementCount } from "../element-types.js";
import { DalleError } from "../errors.js";
import type { Placement } from "./encode.js";
import type { StoredTensor } from "./record.js";

/** ONNX Runtime maps weight files into memory, and its kernels like tensors that start at a cache line. */
export const alignment = 64;

export interface WeightFile {
  readonly name: string;
  readonly contents: { readonly tensor: StoredTensor; readonly place: Placement }[];
}

export function byteLength(tensor: StoredTensor): number {
  return elementCount(tensor.shape) * elementBytes[tensor.type];
}

/** Fills files `<stem>.weights-0.bin`, … in order, each of at most `fileBytes` bytes. */
export function placeTensors(
  tensors: readonly StoredTensor[],
  stem: string,
  fileBytes: number,
): WeightFile[] {
  const files: WeightFile[] = [];
  let offset = Number.POSITIVE_INFINITY;
  for (const tensor of tensors) {
    const length = byteLength(tensor);
    if (length > fileBytes) {
      throw new DalleError(
        "unsupported",
        `Tensor "${tensor.name}" has ${length} bytes, more than the ${fileBytes} of a weight file; raise fileBytes.`,
      );
    }
    offset = Math.ceil(offset / alignment) * alignment;
    if (offset + length > fileBytes) {
      files.push({ name: `${stem}.weights-${files.length}.bin`, contents: [] });
      offset = 0;
    }
    const { name, contents } = files.at(-1)!;
    contents.push({ tensor, place: { file: name, offset, length } });
    offset += length;
  }
  return files;
}

/** Each name once. Two tensors of one name must be alike, for graphs share weights by name. */
export function uniqueTensors(tensors: readonly StoredTensor[]): StoredTensor[] {
  const byName = new Map<string, StoredTensor>();
  for (const tensor of tensors) {
    const known = byName.get(tensor.name);
    if (known && show(known) !== show(tensor)) {
      throw new DalleError(
        "bad_model",
        `Two graphs store "${tensor.name}" as ${show(known)} and as ${show(tensor)}; rename one of them.`,
      );
    }
    byName.set(tensor.name, known ?? tensor);
  }
  return [...byName.values()];
}

function show({ type, shape }: StoredTensor): string {
  return `${type} [${shape.join(", ")}]`;
}
