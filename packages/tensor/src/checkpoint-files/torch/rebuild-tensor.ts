/** @file torch's own way to say a tensor: a storage, an offset, a shape and strides. */
import { FileFault } from "../../files/file-fault.js";
import { CheckpointTensor } from "../checkpoint-tensor.js";
import { Storage } from "../storage.js";
import type { StoredValue } from "../values.js";

/** What `_rebuild_tensor` and `_rebuild_tensor_v2` do with (storage, offset, shape, strides, …). */
export function rebuildTensor(argumentList: readonly StoredValue[]): CheckpointTensor {
  const [storage, offset, shape, strides] = argumentList;
  if (!(storage instanceof Storage) || typeof offset !== "number")
    throw new FileFault("it has a tensor without a storage");
  return new CheckpointTensor(storage, offset, sizes(shape), sizes(strides));
}

function sizes(value: StoredValue | undefined): number[] {
  // The length first: the same long list may be claimed as a shape a million times.
  if (
    !Array.isArray(value) ||
    value.length > 16 ||
    !value.every((size) => typeof size === "number")
  )
    throw new FileFault("it has a tensor whose shape is no list of sizes");
  return value;
}
