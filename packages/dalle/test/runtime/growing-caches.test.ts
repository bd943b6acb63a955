/** @file Caches that grow: every state finds all before it, in its own entry, whenever the arrays were made anew. */
import { expect, test } from "vitest";
import { GrowingCaches } from "../../src/runtime/growing-caches.js";

const shape = { layers: 2, batch: 3, heads: 2, headSize: 4 };

/** [N, H, 1, D], marked 1000 · layer + 100 · entry + state + 1, values negative. */
function fresh(state: number) {
  return (layer: number) => {
    const key = Float32Array.from(
      { length: 24 },
      (_, index) => 1000 * layer + 100 * Math.floor(index / 8) + state + 1,
    );
    return { key, value: key.map((mark) => -mark) };
  };
}

/** What entry `entry` finds in the slots that are not masked. */
function seen(caches: GrowingCaches, name: string, index: number, entry: number): number[] {
  const inputs = caches.inputs(index);
  const array = inputs[name]!.data as Float32Array;
  const bias = inputs.bias!.data as Float32Array;
  const slots = bias.length - 1;
  expect(inputs[name]!.dims).toEqual([3, 2, slots, 4]);
  expect(bias[0]).toBe(0); // the state itself
  return Array.from({ length: slots }, (_, slot) => slot)
    .filter((slot) => bias[1 + slot] === 0)
    .map((slot) => array[((entry * 2 + 1) * slots + slot) * 4]!);
}

test("a state sees all before it, also where the arrays have grown", () => {
  const caches = new GrowingCaches(shape);
  for (let index = 0; index < 70; index++) {
    const marks = Array.from({ length: index }, (_, state) => 1200 + state + 1);
    expect(seen(caches, "key_1", index, 2)).toEqual(marks);
    expect(seen(caches, "value_1", index, 2)).toEqual(marks.map((mark) => -mark));
    caches.store(index, fresh(index));
  }
});

test("an entry goes on from another's states", () => {
  const caches = new GrowingCaches(shape);
  for (let index = 0; index < 40; index++) {
    if (index === 35) caches.copyEntries([0, 0, 2]);
    caches.store(index, fresh(index));
  }
  const marks = Array.from({ length: 40 }, (_, state) => state + 1 + (state < 35 ? 0 : 100));
  expect(seen(caches, "key_0", 40, 1)).toEqual(marks);
  expect(seen(caches, "key_0", 40, 2)[0]).toBe(201);
});
