/** @file Which records are held out, and what is said of their loss. */
import { tensor } from "@dalle-ts/torch";
import { describe, expect, test } from "vitest";
import { evenly, heldOutCount, splitRecords } from "../../src/run/held-out.js";
import { memorisingWatch, validate } from "../../src/run/validation.js";

const all = ({ count, at }: { count: number; at(index: number): number }) =>
  Array.from({ length: count }, (_, index) => at(index));

describe("splitting", () => {
  test.each([40, 41, 59, 60, 1000, 8105, 10_239, 10_240, 10_241, 30_000, 1_000_000])(
    "each of %d records is trained on or held out",
    (count) => {
      const { training, heldOut } = splitRecords(count);
      const records = new Set([...all(training), ...all(heldOut)]);
      expect(training.count + heldOut.count).toBe(count);
      expect(records.size).toBe(count);
      expect([...records].every((record) => record >= 0 && record < count)).toBe(true);
      expect(heldOutCount(count)).toBe(heldOut.count);
    },
  );

  test("a twentieth is held out, at most 512, and none of a few pictures", () => {
    const counts = [0, 1, 39, 40, 100, 8105, 1_000_000].map(heldOutCount);
    expect(counts).toEqual([0, 0, 0, 2, 5, 405, 511]);
  });

  test("the records of both are in the order of the source, and evenly spaced", () => {
    const { training, heldOut } = splitRecords(100);
    expect(all(heldOut)).toEqual([19, 39, 59, 79, 99]);
    expect(all(training)).toEqual(all(training).toSorted((a, b) => a - b));
    expect(evenly(5, 12)).toEqual([0, 1, 2, 3, 4]);
    expect(evenly(100, 4)).toEqual([0, 25, 50, 75]);
  });
});

describe("validation", () => {
  test("is the mean of as many pictures that are trained on as are held out", async () => {
    const sizes: number[] = [];
    const pictures = (count: number, factor: number) => ({
      count,
      load: (indices: readonly number[]) => indices.map((index) => factor * index),
    });
    const found = await validate(pictures(100, 1), pictures(5, 10), 2, (loaded, count) => {
      sizes.push(count);
      return tensor(Float32Array.from(loaded), [count], "f32").mean([0]);
    });
    expect(found).toEqual({ validationLoss: 20, trainingLoss: 40 }); // of 0, 20, 40, 60 and 80
    expect(sizes).toEqual([2, 2, 1, 2, 2, 1]);
  });

  test("learning by heart is told once, after three rises while the other loss falls", () => {
    const watch = memorisingWatch();
    const say = (step: number, validationLoss: number, trainingLoss: number) =>
      watch({ step, validationLoss, trainingLoss });
    expect(watch({ step: 1, loss: 9 })).toBeUndefined(); // a row between checkpoints
    expect(say(10, 3, 3)).toBeUndefined();
    expect(say(20, 2, 2)).toBeUndefined();
    expect(say(25, 2.004, 1.9)).toBeUndefined(); // too little to count
    expect(say(30, 2.1, 1.9)).toBeUndefined();
    expect(say(40, 2.2, 2.1)).toBeUndefined(); // both rise: that is not by heart
    expect(say(50, 2.2, 1.8)).toBeUndefined();
    expect(say(60, 2.3, 1.7)).toBeUndefined();
    expect(say(70, 2.4, 1.6)).toMatchInlineSnapshot(
      `"The loss on held-out pictures was least at step 20 (2.000) and is 2.400 now, while that on training pictures falls: the model learns its pictures by heart. The weights of that step are kept, and are what is exported; stop here, or train on more pictures."`,
    );
    expect(say(80, 2.5, 1.5)).toBeUndefined();
  });

  test("losses of before and after a change of loss are not compared", () => {
    const watch = memorisingWatch(3);
    const told = [1, 1, 1, 8, 9, 9, 9].map((validationLoss, index) =>
      watch({ step: index + 1, validationLoss, trainingLoss: (index < 3 ? 1 : 8) - index / 10 }),
    );
    expect(told.slice(0, 6)).toEqual(Array(6).fill(undefined));
    expect(told[6]).toContain("least at step 4 (8.000) and is 9.000 now");
  });

  test("a new least loss begins the count anew", () => {
    const watch = memorisingWatch();
    const told = [3, 4, 4, 2, 4, 4, 4].map((validationLoss, index) =>
      watch({ step: index, validationLoss, trainingLoss: 3 - index }),
    );
    expect(told.map((warning) => warning !== undefined)).toEqual([...Array(6).fill(false), true]);
  });
});
