/** @file Torch files made of a pickle and storages, in both containers; and flax's. */
import { legacyMagic } from "../../src/checkpoint-files/torch/torch-legacy.js";
import { Operations, pickle, type Written } from "./pickle-writer.js";
import { type Member, zip } from "./zip-writer.js";

export type Storages = Readonly<Record<string, ArrayBufferView>>;

export const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
  new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);

export function torchZip(value: Written, storages: Storages = {}, more: Member[] = []) {
  return zip([
    { name: "file/data.pkl", bytes: pickle(value) },
    ...Object.entries(storages).map(([key, data]) => ({
      name: `file/data/${key}`,
      bytes: bytesOf(data),
    })),
    ...more,
  ]);
}

/** Each storage with its number of elements. */
export function torchLegacy(
  value: Written,
  storages: Readonly<Record<string, { length: number } & ArrayBufferView>>,
): Uint8Array<ArrayBuffer> {
  const facts = new Map<Written, Written>([["little_endian", true]]);
  // Python writes the list of keys as a list, which a tuple reads like.
  const keys: Written = Object.keys(storages);
  const parts = [legacyMagic, pickle(1001), pickle(facts), pickle(value), pickle(keys)];
  for (const data of Object.values(storages)) {
    parts.push(bytesOf(BigInt64Array.of(BigInt(data.length))), bytesOf(data));
  }
  return new Uint8Array(Buffer.concat(parts));
}

/** A flax array: extension type 1 around [shape, type, bytes]. */
export function flaxArray(shape: number[], type: string, data: ArrayBufferView): number[] {
  const bytes = bytesOf(data);
  const size = [bytes.length >> 24, bytes.length >> 16, bytes.length >> 8, bytes.length];
  const body = [
    ...[0x93, 0x90 | shape.length, ...shape],
    ...flaxText(type),
    ...[0xc6, ...size.map((byte) => byte & 255)],
    ...bytes,
  ];
  return [0xc8, body.length >> 8, body.length & 255, 1, ...body];
}

export function flaxText(value: string): number[] {
  return [0xa0 | value.length, ...new TextEncoder().encode(value)];
}

export function flaxMap(entries: Readonly<Record<string, readonly number[]>>): number[] {
  const items = Object.entries(entries);
  return [0x80 | items.length, ...items.flatMap(([key, value]) => [...flaxText(key), ...value])];
}

/** `depth` lists inside each other. */
export function nested(depth: number): Operations {
  const open = Array.from({ length: depth }, () => 0x5d);
  return new Operations(
    open,
    Array.from({ length: depth - 1 }, () => 0x61),
  );
}
