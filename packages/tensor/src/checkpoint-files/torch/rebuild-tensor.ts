/** @file torch's own way to say a tensor: a storage, an offset, a shape and strides. */
import { FileFault } from "../../files/file-fault.js";
import { CheckpointTensor } from "../checkpoint-tensor.js";
import { bytesOfElement } from "../element-types.js";
import { noSource, Storage } from "../storage.js";
import { AllowedName, type StoredValue } from "../values.js";
import { tensorTypes } from "./storage-types.js";

/** What `_rebuild_tensor` and `_rebuild_tensor_v2` do with (storage, offset, shape, strides, …). */
export function rebuildTensor(argumentList: readonly StoredValue[]): CheckpointTensor {
  const [storage, offset, shape, strides] = argumentList;
  if (!(storage instanceof Storage) || typeof offset !== "number")
    throw new FileFault("it has a tensor without a storage");
  return new CheckpointTensor(storage, offset, sizes(shape), sizes(strides));
}

/** `_rebuild_tensor_v3`: the same of an untyped storage, with the type as the argument after five others. */
export function rebuildTyped(argumentList: readonly StoredValue[]): CheckpointTensor {
  const [storage, ...rest] = argumentList;
  const type = argumentList[6];
  const dtype = type instanceof AllowedName ? tensorTypes.get(type.name) : undefined;
  if (!(storage instanceof Storage) || dtype === undefined)
    throw new FileFault("it has a tensor of an unknown type");
  // No model here has any of these types, so that nothing is read from where the bytes are.
  const length = Math.floor(storage.bytes / bytesOfElement(dtype));
  return rebuildTensor([new Storage(noSource, dtype, length), ...rest]);
}

/** `_rebuild_from_type_v2(function, type, arguments, attributes)`: tensors with attributes, such as buffers. */
export function rebuildFromType(argumentList: readonly StoredValue[]): CheckpointTensor {
  const [rebuild, , inner] = argumentList;
  // No other function, whose cost would not be counted, and never this one again.
  const make = rebuild instanceof AllowedName ? rebuilds.get(rebuild.name) : undefined;
  if (!make || !Array.isArray(inner))
    throw new FileFault("it has a tensor with attributes that is malformed");
  return make(inner);
}

/** Functions that make a tensor of a storage. */
export const rebuilds: ReadonlyMap<
  string,
  (argumentList: readonly StoredValue[]) => CheckpointTensor
> = new Map([
  ["torch._utils._rebuild_tensor", rebuildTensor],
  ["torch._utils._rebuild_tensor_v2", rebuildTensor],
  ["torch._utils._rebuild_tensor_v3", rebuildTyped],
]);

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
