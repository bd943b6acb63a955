/** @file What torch's pickles refer to outside themselves: storages, and in old files the classes of modules. */
import { FileFault } from "../../files/file-fault.js";
import type { StoredDType } from "../element-types.js";
import { AllowedName, type StoredValue } from "../values.js";
import { storageTypes } from "./storage-types.js";

/** ('storage', type, key, location, number of elements, …) */
export interface StorageId {
  readonly dtype: StoredDType;
  readonly key: string;
  /** Number of elements. */
  readonly length: number;
  /** The rest of the id: in old files, a view into another storage. */
  readonly rest: readonly StoredValue[];
}

export function storageId(id: StoredValue): StorageId {
  if (!Array.isArray(id) || id[0] !== "storage" || id.length < 5)
    throw new FileFault("it refers to something outside its pickle that is no storage");
  const [, type, key, , length, ...rest] = id;
  const dtype = type instanceof AllowedName ? storageTypes.get(type.name) : undefined;
  if (dtype === undefined || typeof key !== "string")
    throw new FileFault("it has a storage of an unknown type");
  if (typeof length !== "number" || !Number.isSafeInteger(length) || length < 0)
    throw new FileFault(`storage "${key}" claims ${String(length)} elements`);
  return { dtype, key, length, rest };
}
