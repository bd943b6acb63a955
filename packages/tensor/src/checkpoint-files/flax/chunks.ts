/**
 * @file Arrays that flax cut into pieces because they are over 2^30 bytes: a map that says so, with the array's shape and its
 * elements in row-major order, piece by piece.
 */
import { elementCount } from "../../element-types.js";
import { FileFault } from "../../files/file-fault.js";
import { CheckpointTensor } from "../checkpoint-tensor.js";
import { JoinedStorage } from "../storage.js";
import { rowMajorStrides } from "../strided.js";
import type { StoredValue } from "../values.js";

const mark = "__msgpack_chunked_array__";

/** The array that a map stands for; the map itself where it is an ordinary one. */
export function joinChunks(map: Map<StoredValue, StoredValue>): StoredValue {
  if (map.get(mark) !== true) return map;
  const shape = listOf(map.get("shape"));
  const chunks = listOf(map.get("chunks"));
  const areSizes = shape.length <= 16 && shape.every((size) => Number.isSafeInteger(size));
  const tensors = chunks.filter((chunk) => chunk instanceof CheckpointTensor);
  if (!areSizes || tensors.length === 0 || tensors.length < chunks.length)
    throw new FileFault("it has an array in pieces that is malformed");
  const sizes = shape as number[];
  const storage = new JoinedStorage(tensors.map((tensor) => tensor.storage));
  if (storage.length !== elementCount(sizes))
    throw new FileFault(`it has an array of shape [${sizes}] in pieces of ${storage.length}`);
  return new CheckpointTensor(storage, 0, sizes, rowMajorStrides(sizes));
}

/** A list, or a map whose keys are the places 0, 1, … in it, as flax writes one. */
function listOf(value: StoredValue | undefined): StoredValue[] {
  if (Array.isArray(value)) return value;
  if (!(value instanceof Map)) return [];
  return Array.from({ length: value.size }, (_, index) => value.get(String(index)) ?? null);
}
