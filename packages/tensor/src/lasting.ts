/**
 * @file Arrays that stay as they are for as long as they live, such as masks: an engine may keep what it makes of one and need
 * not copy it to its device each time.
 */
import type { HostArray } from "./tensor.js";

const lasting = new WeakSet<HostArray>();

/** Promises that nothing will be written into the array; returns it. */
export function lastingArray<A extends HostArray>(array: A): A {
  lasting.add(array);
  return array;
}

export const isLasting = (array: HostArray): boolean => lasting.has(array);
