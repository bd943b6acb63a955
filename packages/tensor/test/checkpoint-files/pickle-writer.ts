/** @file A tiny writer of pickles, honest and hostile: values as the operations that make them. */

const encoder = new TextEncoder();
const text = (value: string) => [...encoder.encode(value)];

function int32(value: number): number[] {
  return [...new Uint8Array(Int32Array.of(value).buffer)];
}

/** Operations that leave one value on the stack. */
export class Operations {
  readonly bytes: readonly number[];
  constructor(...parts: (number | readonly number[])[]) {
    this.bytes = parts.flat();
  }
}

export type Written =
  | null
  | boolean
  | number
  | string
  | readonly Written[]
  | ReadonlyMap<Written, Written>
  | Operations;

/** An array is written as a tuple, a map as a dict. */
export function operationsOf(value: Written): readonly number[] {
  if (value instanceof Operations) return value.bytes;
  if (value === null) return [0x4e];
  if (typeof value === "boolean") return [value ? 0x88 : 0x89];
  if (typeof value === "number") return number(value);
  if (typeof value === "string") return [0x58, ...int32(text(value).length), ...text(value)];
  if (value instanceof Map) {
    const items = [...(value as ReadonlyMap<Written, Written>)].flatMap((item) =>
      item.flatMap(operationsOf),
    );
    return [0x7d, 0x28, ...items, 0x75];
  }
  return [0x28, ...(value as readonly Written[]).flatMap(operationsOf), 0x74];
}

function number(value: number): number[] {
  if (value === (value | 0)) return [0x4a, ...int32(value)];
  if (Number.isInteger(value))
    return [0x8a, 8, ...new Uint8Array(BigInt64Array.of(BigInt(value)).buffer)];
  return [0x47, ...new Uint8Array(Float64Array.of(value).buffer).reverse()];
}

/** A whole pickle of protocol 2. */
export function pickle(value: Written): Uint8Array {
  return Uint8Array.from([0x80, 2].concat(operationsOf(value), 0x2e));
}

/** A class or function. */
export function named(module: string, name: string): Operations {
  return new Operations(0x63, text(`${module}\n${name}\n`));
}

/** What a call of a named function gives. */
export function called(module: string, name: string, ...argumentList: Written[]): Operations {
  return new Operations(named(module, name).bytes, operationsOf(argumentList), 0x52);
}

/** An object of a class, with its state. */
export function object(module: string, name: string, state: Written): Operations {
  return new Operations(named(module, name).bytes, 0x29, 0x81, operationsOf(state), 0x62);
}

export function storage(type: string, key: string, length: number, ...rest: Written[]): Operations {
  const id = ["storage", named("torch", `${type}Storage`), key, "cpu", length, ...rest];
  return new Operations(operationsOf(id), 0x51);
}

export function tensor(from: Operations, offset: number, shape: number[], strides: number[]) {
  const argumentList = [from, offset, shape, strides, false, called("collections", "OrderedDict")];
  return called("torch._utils", "_rebuild_tensor_v2", ...argumentList);
}
