/** @file Constants of lasting arrays are made once, and no scope frees them. */
import { lastingArray } from "@dalle-ts/tensor";
import { expect, test } from "vitest";
import { liveTensorCount, tensor, tidy } from "../src/index.js";

test("one tensor for each array, shape and type; another array's are its own", () => {
  using like = tensor(Float32Array.of(1), [1], "f32");
  const before = liveTensorCount();
  const array = lastingArray(Float32Array.of(1, 2, 3, 4));
  const sums = Array.from({ length: 3 }, () =>
    tidy(() => {
      const flat = like.constant(array, [4], "f32");
      const square = like.constant(array, [2, 2], "f32");
      expect(square.shape).toEqual([2, 2]);
      return flat
        .sum([0])
        .add(square.sum([0, 1]))
        .item();
    }),
  );
  expect(sums).toEqual([20, 20, 20]);
  expect(liveTensorCount() - before).toBe(2);
  tidy(() => {
    const once = like.constant(array, [4], "f32");
    expect(like.constant(array, [4], "f32")).toBe(once);
    const plain = Float32Array.of(1, 2, 3, 4);
    expect(like.constant(plain, [4], "f32")).not.toBe(like.constant(plain, [4], "f32"));
    expect(once.cast("f32")).not.toBe(once); // what is made of it is freed as ever
  });
  expect(liveTensorCount() - before).toBe(2);
});
