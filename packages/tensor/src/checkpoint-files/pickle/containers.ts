/** @file Operations of a pickle that fill containers and make objects. */
import { FileFault } from "../../files/file-fault.js";
import { AllowedName, StoredObject, type StoredValue } from "../values.js";
import { mostArguments } from "./limits.js";
import type { PickleMachine } from "./machine.js";

/** Key, value, key, value, … as a dict. */
export function dictOf(items: readonly StoredValue[]): Map<StoredValue, StoredValue> {
  const dict = new Map<StoredValue, StoredValue>();
  if (items.length % 2 !== 0) throw new FileFault("its pickle has a key without a value");
  for (let index = 0; index < items.length; index += 2) dict.set(items[index]!, items[index + 1]!);
  return dict;
}

/** Puts key, value, … into the dict on the stack. */
export function setItems(machine: PickleMachine, items: readonly StoredValue[]): void {
  const target = machine.top();
  const dict = target instanceof StoredObject ? target.items : target;
  if (!(dict instanceof Map)) throw new FileFault("its pickle puts items into what is no dict");
  for (const [key, value] of dictOf(items)) dict.set(key, value);
}

/** Appends to the list on the stack. */
export function addEntries(machine: PickleMachine, entries: readonly StoredValue[]): void {
  const target = machine.top();
  const list = target instanceof StoredObject ? target.entries : target;
  if (!Array.isArray(list)) throw new FileFault("its pickle appends to what is no list");
  for (const entry of entries) list.push(entry);
}

/** Calls the stand-in of an allowed name: under the arguments on the stack. */
export function make(machine: PickleMachine): void {
  const argumentList = machine.pop();
  const callee = machine.pop();
  if (!(callee instanceof AllowedName) || !Array.isArray(argumentList))
    throw new FileFault("its pickle calls what is no function");
  if (argumentList.length > mostArguments)
    throw new FileFault(`its pickle calls a function with ${argumentList.length} arguments`);
  // A few bytes may hand over the same long list again and again.
  for (const argument of argumentList) machine.spend(lengthOf(argument));
  machine.pushNew(callee.make(argumentList));
}

function lengthOf(value: StoredValue): number {
  if (value instanceof Map) return value.size;
  return Array.isArray(value) ? value.length : 0;
}

/** Gives an object its state. The state of a dict, torch's `_metadata`, is left out. */
export function build(machine: PickleMachine): void {
  const state = machine.pop();
  const target = machine.top();
  if (target instanceof StoredObject) target.state = state;
  else if (!(target instanceof Map)) throw new FileFault("its pickle gives a state to plain data");
}
