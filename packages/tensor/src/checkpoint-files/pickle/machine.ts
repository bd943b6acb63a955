/**
 * @file The pickle machine [SPEC §7.0]: a stack, marks and a memo. It makes plain data and calls nothing but the
 * stand-ins of allowed names; every operation takes time and memory in proportion to the bytes that ask for it.
 */
import { FileFault } from "../../files/file-fault.js";
import type { AllowedName, StoredValue } from "../values.js";
import { mostContainers, mostOperations } from "./limits.js";
import { operations } from "./operations.js";
import { PickleReader } from "./reader.js";

/** What a pickle may refer to outside itself. */
export interface PickleWorld {
  /** The stand-in of a class or function; a `FileFault` where it is not allowed. */
  findName(module: string, name: string): AllowedName;
  /** What a persistent id stands for. */
  load(id: StoredValue): StoredValue;
}

/** The value of the pickle that starts at `position`, and the position after its end. */
export function unpickle(
  bytes: Uint8Array,
  position: number,
  world: PickleWorld,
): { value: StoredValue; end: number } {
  const machine = new PickleMachine(new PickleReader(bytes, position), world);
  for (let count = 0; !machine.stopped; count++) {
    if (count === mostOperations) throw new FileFault(`its pickle has over ${count} operations`);
    const code = machine.reader.uint8();
    const operation = operations.get(code);
    if (!operation) {
      const shown = code.toString(16).padStart(2, "0");
      throw new FileFault(`its pickle has the operation 0x${shown}, which no checkpoint needs`);
    }
    operation(machine);
  }
  return { value: machine.pop(), end: machine.reader.position };
}

export class PickleMachine {
  readonly reader: PickleReader;
  readonly world: PickleWorld;
  readonly memo = new Map<number, StoredValue>();
  stopped = false;
  readonly #stack: StoredValue[] = [];
  /** Heights of the stack at the open marks. */
  readonly #marks: number[] = [];
  #containers = 0;

  constructor(reader: PickleReader, world: PickleWorld) {
    this.reader = reader;
    this.world = world;
  }

  push(value: StoredValue): void {
    this.#stack.push(value);
  }

  /** Pushes a value that costs memory. */
  pushNew(value: StoredValue): void {
    this.spend(1);
    this.#stack.push(value);
  }

  /** Counts containers, or entries of one that are looked at again. */
  spend(count: number): void {
    this.#containers += count;
    if (this.#containers > mostContainers)
      throw new FileFault(`its pickle makes over ${mostContainers} lists, dicts and objects`);
  }

  pop(): StoredValue {
    if (this.#stack.length <= (this.#marks.at(-1) ?? 0))
      throw new FileFault("its pickle takes a value where there is none");
    return this.#stack.pop()!;
  }

  top(): StoredValue {
    const value = this.pop();
    this.#stack.push(value);
    return value;
  }

  mark(): void {
    this.#marks.push(this.#stack.length);
  }

  /** The values above the innermost mark; both are removed. */
  popToMark(): StoredValue[] {
    const mark = this.#marks.pop();
    if (mark === undefined) throw new FileFault("its pickle ends a list that it never began");
    return this.#stack.splice(mark);
  }

  remember(index: number): void {
    this.memo.set(index, this.top());
  }

  recall(index: number): void {
    const value = this.memo.get(index);
    if (value === undefined) throw new FileFault(`its pickle recalls the unknown value ${index}`);
    this.push(value);
  }
}
