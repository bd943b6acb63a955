/** @file Resizing by areas, against numbers worked out by hand and against averaging point by point. */
import { expect, test } from "vitest";
import { areaResize, covers } from "../../src/pictures/area-resize.js";

/** A square picture whose three channels are value, value + 1 and value + 2. */
const square = (values: readonly number[]) => {
  const side = Math.sqrt(values.length);
  const pixels = Uint8Array.from(values.flatMap((value) => [value, value + 1, value + 2]));
  return { width: side, height: side, pixels };
};
const reds = ({ pixels }: { pixels: Uint8Array }) =>
  [...pixels].filter((_, index) => index % 3 === 0);

test("with aligned corners, five lines to three: each covers two, the last what is left", () => {
  expect(covers(5, 3)).toEqual([
    { first: 0, weights: [0.5, 0.5] },
    { first: 2, weights: [0.5, 0.5] },
    { first: 4, weights: [1] },
  ]);
});

test("four lines to three: borders fall inside of pixels", () => {
  const [first, second, third] = covers(4, 3);
  expect(first).toEqual({ first: 0, weights: [2 / 3, 1 / 3] });
  expect(second!.first).toBe(1);
  expect(second!.weights).toEqual([1 / 3, 2 / 3]);
  expect(third).toEqual({ first: 3, weights: [1] });
});

test("halving averages, rounds half to even, and keeps channels apart", () => {
  const image = square([10, 11, 30, 20, 21, 40, 50, 60, 70]);
  // Two rows and columns of weight 1 / 2 each: (10 + 11 + 20 + 21) / 4 = 15.5, (30 + 40) / 2 = 35 …
  expect(reds(areaResize(image, 2))).toEqual([16, 35, 55, 70]);
  expect([...areaResize(image, 2).pixels.subarray(0, 3)]).toEqual([16, 16, 18]);
});

test("a picture of one colour keeps it at every size, larger ones too", () => {
  for (const side of [1, 2, 3, 7, 12, 40]) {
    const { pixels, width } = areaResize(square(Array(144).fill(77)), side);
    expect(width).toBe(side);
    expect(new Set(reds({ pixels }))).toEqual(new Set([77]));
  }
});

test("the weights are the covered parts, point by point", () => {
  const points = 2000;
  for (const [before, after] of [
    [37, 11],
    [64, 48],
    [9, 8],
  ] as const) {
    const scale = (before - 1) / (after - 1);
    for (const [line, { first, weights }] of covers(before, after).entries()) {
      const counts = new Map<number, number>();
      let inside = 0;
      for (let point = 0; point < points; point++) {
        const old = Math.floor((line + (point + 0.5) / points) * scale);
        if (old >= before) continue;
        inside++;
        counts.set(old, (counts.get(old) ?? 0) + 1);
      }
      for (const [offset, weight] of weights.entries()) {
        expect(weight).toBeCloseTo((counts.get(first + offset) ?? 0) / inside, 2);
      }
    }
  }
});
