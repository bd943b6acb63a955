import { describe, expect, test } from "vitest";
import { Shuffle } from "../../src/run/shuffle.js";

const sorted = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);
const everyRecord = Array.from({ length: 10 }, (_, index) => index);

describe("Shuffle", () => {
  test("visits every record once an epoch, across the borders of batches", () => {
    const shuffle = new Shuffle(10, 7);
    const visited = Array.from({ length: 15 }, (_, step) => shuffle.batch(step, 4)).flat();
    for (let epoch = 0; epoch < 6; epoch++) {
      expect(sorted(visited.slice(10 * epoch, 10 * epoch + 10))).toEqual(everyRecord);
    }
  });

  test("is a function of seed and step alone", () => {
    const inOrder = new Shuffle(10, 7);
    const expected = Array.from({ length: 15 }, (_, step) => inOrder.batch(step, 4));
    const jumping = new Shuffle(10, 7);
    for (const step of [14, 3, 3, 0, 7]) expect(jumping.batch(step, 4)).toEqual(expected[step]);
  });

  test("another epoch or seed is another order", () => {
    const shuffle = new Shuffle(100, 7);
    const epoch = shuffle.batch(0, 100);
    expect(shuffle.batch(1, 100)).not.toEqual(epoch);
    expect(new Shuffle(100, 8).batch(0, 100)).not.toEqual(epoch);
    expect(epoch).not.toEqual(sorted(epoch));
  });

  test("a batch larger than the data goes round", () => {
    expect(sorted(new Shuffle(3, 1).batch(0, 6))).toEqual([0, 0, 1, 1, 2, 2]);
    expect(new Shuffle(1, 1).batch(5, 4)).toEqual([0, 0, 0, 0]);
  });
});
