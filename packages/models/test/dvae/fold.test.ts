/** @file Pixels into channels and back. */
import { tensor, tidy } from "@dalle-ts/torch";
import { expect, test } from "vitest";
import { fold, unfold } from "../../src/dvae/fold.js";

const numbers = (length: number) => Float32Array.from({ length }, (_, index) => index);

test("a square of pixels becomes neighbouring channels, in raster order", () => {
  tidy(() => {
    const folded = fold(tensor(numbers(16), [1, 1, 4, 4], "f32"), 2);
    expect(folded.shape).toEqual([1, 4, 2, 2]);
    const cells = Array.from(folded.permute([0, 2, 3, 1]).toArray() as Float32Array);
    expect(cells).toEqual([0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15]);
  });
});

test.each([1, 2, 3])("unfolding by %i undoes folding", (side) => {
  tidy(() => {
    const data = numbers(2 * 3 * 6 * 12);
    const back = unfold(fold(tensor(data, [2, 3, 6, 12], "f32"), side), side);
    expect(back.shape).toEqual([2, 3, 6, 12]);
    expect(back.toArray()).toEqual(data);
  });
});
