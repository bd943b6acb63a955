/** @file What a container holds besides numbers: plain data, made without running anything that a file says. */
import type { CheckpointTensor } from "./checkpoint-tensor.js";
import type { Storage } from "./storage.js";

/** Anything a container's own language can say. A tuple or set is an array; a dict is a map with its keys in order. */
export type StoredValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | StoredValue[]
  | Map<StoredValue, StoredValue>
  | CheckpointTensor
  | Storage
  | StoredObject
  | AllowedName;

/** An object of a class that is known by name only: what was stored of it, and none of its behaviour. */
export class StoredObject {
  /** Module and class, such as "dall_e.encoder.Encoder". */
  readonly className: string;
  /** Its attributes, or whatever else its class stores. */
  state: StoredValue = null;
  /** What was put into it by key, where its class is a kind of dict. */
  readonly items = new Map<StoredValue, StoredValue>();
  /** What was appended to it, where its class is a kind of list. */
  readonly entries: StoredValue[] = [];

  constructor(className: string) {
    this.className = className;
  }
}

/** A class or function that a file names, and what stands in for it here. */
export class AllowedName {
  /** Module and name, such as "torch.FloatStorage". */
  readonly name: string;
  /** What calling it with these arguments gives; a `FileFault` where they are not what it takes. */
  readonly make: (argumentList: readonly StoredValue[]) => StoredValue;

  constructor(name: string, make: AllowedName["make"]) {
    this.name = name;
    this.make = make;
  }
}

/** Non-tensor data of a checkpoint, as JSON would write it; a number that JSON could not hold exactly is a bigint. */
export type PlainValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | PlainValue[]
  | { [key: string]: PlainValue };
