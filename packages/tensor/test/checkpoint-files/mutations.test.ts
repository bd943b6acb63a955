/**
 * @file Ten thousand files with bytes changed, cut, copied or put in: each is read or refused, in little time and memory,
 * and none gets anything else done.
 */

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeSafetensors } from "@dalle-ts/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readContents } from "../../src/checkpoint-files/read-contents.js";
import { FileFault } from "../../src/files/file-fault.js";
import { MemorySource } from "./memory-source.js";
import { called, object, pickle, storage, tensor, type Written } from "./pickle-writer.js";
import { bytesOf, flaxArray, flaxMap, flaxText, torchLegacy, torchZip } from "./torch-writer.js";
import { zip } from "./zip-writer.js";

const numbers = Float32Array.from({ length: 12 }, (_, index) => index);
const view = tensor(storage("Float", "0", 12), 2, [2, 3], [1, 2]);
const state = new Map<Written, Written>([
  [
    "hparams",
    new Map<Written, Written>([
      ["depth", 3],
      ["rate", 0.5],
      ["flags", [true, null]],
    ]),
  ],
  ["weights", called("collections", "OrderedDict", [["a", view]])],
  ["module", object("dall_e.utils", "Conv2d", new Map([["_parameters", new Map([["w", view]])]]))],
  ["set", called("__builtin__", "set", [1, 2])],
]);

async function safetensors(): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), "mutations-"));
  const path = join(folder, "file");
  await writeSafetensors(path, [{ name: "a", dtype: "f32", shape: [3, 4], data: numbers }]);
  const bytes = new Uint8Array(await readFile(path));
  await rm(folder, { recursive: true });
  return bytes;
}

/** The same change to any file: where, as a share of its length, and what. */
const change = fc.record({
  kind: fc.constantFrom("set", "flip", "insert", "delete", "copy", "cut", "huge"),
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  byte: fc.nat(255),
  length: fc.integer({ min: 1, max: 32 }),
});
const changes = fc.array(change, { minLength: 1, maxLength: 6 });

function mutated(
  bytes: Uint8Array,
  list: typeof changes extends fc.Arbitrary<infer L> ? L : never,
) {
  let result = [...bytes];
  for (const { kind, at, byte, length } of list) {
    const position = Math.floor(at * result.length);
    if (kind === "set") result[position] = byte;
    if (kind === "flip") result[position]! ^= 1 << (byte & 7);
    if (kind === "insert") result.splice(position, 0, ...Array(length).fill(byte));
    if (kind === "delete") result.splice(position, length);
    if (kind === "copy") result.splice(position, 0, ...result.slice(byte, byte + length));
    if (kind === "cut") result = result.slice(0, position);
    if (kind === "huge") result.splice(position, 4, 255, 255, 255, byte);
  }
  return Uint8Array.from(result);
}

/** Reads all that there is to read; true if the file was sound to the end. */
async function readAll(bytes: Uint8Array): Promise<boolean> {
  try {
    const { tensors } = await readContents(new MemorySource(bytes));
    for (const tensor of tensors.values()) await tensor.read();
    return true;
  } catch (error) {
    if (error instanceof FileFault) return false;
    throw error;
  }
}

const targets: readonly [
  string,
  (mutate: (bytes: Uint8Array) => Uint8Array) => Promise<Uint8Array>,
][] = [
  ["a torch zip", async (mutate) => mutate(torchZip(state, { 0: numbers }))],
  [
    "the pickle of a torch zip",
    async (mutate) =>
      zip([
        { name: "m/data.pkl", bytes: mutate(pickle(state)) },
        { name: "m/data/0", bytes: bytesOf(numbers) },
      ]),
  ],
  ["a legacy torch file", async (mutate) => mutate(torchLegacy(state, { 0: numbers }))],
  [
    "a flax file",
    async (mutate) =>
      mutate(
        Uint8Array.from(
          flaxMap({
            a: flaxMap({ b: flaxArray([3, 4], "float32", numbers) }),
            c: flaxText("text"),
          }),
        ),
      ),
  ],
  ["a safetensors file", async (mutate) => mutate(await sound)],
];
const sound = safetensors();

describe("2,000 mutations of", () => {
  test.each(targets)("%s", async (_, make) => {
    expect(await readAll(await make((bytes) => bytes))).toBe(true);
    let read = 0;
    await fc.assert(
      fc.asyncProperty(changes, async (list) => {
        if (await readAll(await make((bytes) => mutated(bytes, list)))) read++;
      }),
      { numRuns: 2000, seed: 7 },
    );
    // Some changes hurt nothing, most do: else this test would look at nothing.
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThan(1500);
    expect(process.resourceUsage().maxRSS).toBeLessThan(2 ** 20); // kilobytes
  });
});
