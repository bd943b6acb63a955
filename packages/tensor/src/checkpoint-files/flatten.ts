/** @file Nested containers as a flat map of tensors, the way state dicts name them, and the rest as plain data. */
import { FileFault } from "../files/file-fault.js";
import { CheckpointTensor } from "./checkpoint-tensor.js";
import { AllowedName, type PlainValue, StoredObject, type StoredValue } from "./values.js";

/** Values looked at: a list that holds another one a thousand times counts it a thousand times. */
const mostValues = 2_000_000;
const deepest = 100;
/** Characters of a tensor's path: one long key may be above thousands of tensors, each of which would repeat it. */
const longestPath = 1024;

export interface Flat {
  /** By path: keys and indices joined with dots. */
  readonly tensors: ReadonlyMap<string, CheckpointTensor>;
  /** All else, nested as it was; objects are their attributes. */
  readonly values: PlainValue;
}

export function flatten(root: StoredValue): Flat {
  const walk = new Walk();
  const values = walk.visit(root, "", 0);
  return { tensors: walk.tensors, values: values ?? null };
}

class Walk {
  readonly tensors = new Map<string, CheckpointTensor>();
  readonly #ancestors = new Set<StoredValue>();
  #visited = 0;

  /** The plain data below `value`, or undefined where there is none. */
  visit(value: StoredValue, path: string, depth: number): PlainValue | undefined {
    // Nodes of a config refer to the one that holds them, which says nothing new.
    if (this.#ancestors.has(value)) return undefined;
    if (value === null || typeof value !== "object") return this.#look(value, path, depth);
    this.#ancestors.add(value);
    const plain = this.#look(value, path, depth);
    this.#ancestors.delete(value);
    return plain;
  }

  #look(value: StoredValue, path: string, depth: number): PlainValue | undefined {
    if (++this.#visited > mostValues) throw new FileFault(`it holds over ${mostValues} values`);
    if (depth > deepest) throw new FileFault(`it nests over ${deepest} levels deep`);
    if (value instanceof CheckpointTensor) return this.#tensor(value, path);
    if (value instanceof AllowedName) return value.name;
    if (value instanceof Map) return this.#record(value, path, depth);
    if (value instanceof StoredObject) return this.#object(value, path, depth);
    if (Array.isArray(value)) {
      const entries = value.map((entry, index) => this.visit(entry, join(path, index), depth + 1));
      return entries.map((entry) => entry ?? null);
    }
    return value !== null && typeof value === "object" ? undefined : value;
  }

  #tensor(tensor: CheckpointTensor, path: string): undefined {
    if (path.length > longestPath)
      throw new FileFault(`one of its tensors has a name of over ${longestPath} characters`);
    if (this.tensors.has(path)) throw new FileFault(`two of its tensors are called "${path}"`);
    this.tensors.set(path, tensor);
  }

  #record(
    map: ReadonlyMap<StoredValue, StoredValue>,
    path: string,
    depth: number,
  ): { [key: string]: PlainValue } {
    const entries: [string, PlainValue][] = [];
    for (const [key, value] of map) {
      const name = keyName(key);
      if (name === undefined) continue;
      const plain = this.visit(value, join(path, name), depth + 1);
      if (plain !== undefined) entries.push([name, plain]);
    }
    return Object.fromEntries(entries);
  }

  /** A module's parameters, buffers and inner modules are named as in its state dict: "blocks.input.w". */
  #object({ state, items, entries }: StoredObject, path: string, depth: number) {
    const parts = state instanceof Map ? state : new Map([["state", state]]);
    const attributes = new Map([...parts].filter(([key]) => !moduleParts.has(key)));
    const inner = [...moduleParts]
      .map((part) => parts.get(part))
      .filter((part): part is Map<StoredValue, StoredValue> => part instanceof Map);
    const all = [attributes, ...inner, items, new Map(entries.entries())];
    const records = all.map((part) => this.#record(part, path, depth + 1));
    return Object.fromEntries(records.flatMap((record) => Object.entries(record)));
  }
}

const moduleParts: ReadonlySet<StoredValue> = new Set(["_parameters", "_buffers", "_modules"]);

/** A path that is too long for a tensor grows no more; plain data may lie below it. */
function join(path: string, key: string | number): string {
  if (path.length > longestPath) return path;
  return path === "" ? String(key) : `${path}.${key}`;
}

/** A key as text; undefined for what could not be one. */
function keyName(key: StoredValue): string | undefined {
  if (key instanceof AllowedName) return key.name;
  return typeof key === "string" || typeof key === "number" ? String(key) : undefined;
}
