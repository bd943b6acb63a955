/** @file Constants made of lasting arrays: copied to a device once, and kept for as long as the array. */
import type { HostArray } from "@dalle-ts/tensor";
import { keep, type Scoped } from "./scopes.js";

const made = new WeakMap<HostArray, Map<string, Scoped>>();

/** What `make` makes of the array, once for each key; it belongs to no scope, and is freed when the array is collected. */
export function lastingConstant<K extends Scoped>(data: HostArray, key: string, make: () => K): K {
  const ofArray = made.get(data) ?? new Map<string, Scoped>();
  made.set(data, ofArray);
  const known = ofArray.get(key);
  if (known) return known as K;
  const constant = keep(make());
  ofArray.set(key, constant);
  return constant;
}
