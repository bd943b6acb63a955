/** @file The paper's two cuts (Listings 1 and 2), number by number [SPEC §1.3, §2.4]. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Cutter, centreCut, dvaeCut, Random, transformerCut } from "../../src/index.js";

const sides = fc.integer({ min: 1, max: 900 });
const sizes = fc.constantFrom(16, 64, 256);

test.each([
  ["centre", centreCut],
  ["dvae", dvaeCut],
  ["transformer", transformerCut],
] as [string, Cutter][])(
  "%s: inside the picture, and the window inside the square",
  (_, cutter) => {
    fc.assert(
      fc.property(sides, sides, sizes, fc.nat(), (width, height, size, index) => {
        const cut = cutter(width, height, size, new Random(1, index));
        expect(cut.side).toBe(Math.min(width, height));
        expect(cut.left).toBeGreaterThanOrEqual(0);
        expect(cut.top).toBeGreaterThanOrEqual(0);
        expect(cut.left + cut.side).toBeLessThanOrEqual(width);
        expect(cut.top + cut.side).toBeLessThanOrEqual(height);
        expect(cut.windowLeft + size).toBeLessThanOrEqual(cut.resized);
        expect(cut.windowTop + size).toBeLessThanOrEqual(cut.resized);
      }),
    );
  },
);

/** Every value that a field takes over many draws. */
function drawn(cutter: Cutter, width: number, height: number, size: number) {
  const cuts = Array.from({ length: 4000 }, (_, index) =>
    cutter(width, height, size, new Random(7, index)),
  );
  const range = (of: (cut: (typeof cuts)[number]) => number) => {
    const values = cuts.map(of);
    return [Math.min(...values), Math.max(...values)];
  };
  return {
    left: range((cut) => cut.left),
    top: range((cut) => cut.top),
    resized: range((cut) => cut.resized),
    mirrored: cuts.filter((cut) => cut.mirrored).length / cuts.length,
  };
}

describe("Listing 1, for the dVAE", () => {
  test("any square; t from 288 to 384 at 256; mirrored half of the time", () => {
    const { left, top, resized, mirrored } = drawn(dvaeCut, 500, 400, 256);
    expect({ left, top, resized }).toEqual({ left: [0, 100], top: [0, 0], resized: [288, 384] });
    expect(mirrored).toBeCloseTo(0.5, 1);
  });

  test("no larger than the picture, and not below the model's size", () => {
    expect(drawn(dvaeCut, 300, 300, 256).resized).toEqual([288, 300]);
    expect(drawn(dvaeCut, 270, 900, 256).resized).toEqual([270, 270]);
    expect(drawn(dvaeCut, 90, 90, 256).resized).toEqual([256, 256]);
  });
});

describe("Listing 2, for the transformer", () => {
  test("offsets in [3d / 8, 5d / 8); t from 256 to 288; never mirrored", () => {
    const { left, top, resized, mirrored } = drawn(transformerCut, 480, 400, 256);
    expect({ left, top, resized }).toEqual({ left: [30, 49], top: [0, 0], resized: [256, 288] });
    expect(mirrored).toBe(0);
  });

  test("a rest of one pixel has one place", () => {
    expect(drawn(transformerCut, 401, 400, 256).left).toEqual([0, 0]);
    expect(drawn(transformerCut, 400, 403, 256).top).toEqual([1, 1]);
  });
});
