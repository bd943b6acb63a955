/** @file Regions to codes, on a grid of 4 × 4 codes of 2 × 2 pixels. */
import { type DvaeConfig, paperDvae } from "@dalle-ts/models";
import { describe, expect, test } from "vitest";
import { keptAroundHole } from "../../src/completion/random-hole.js";
import { type Keep, keptCodes } from "../../src/completion/region.js";
import type { DalleImage } from "../../src/images/image.js";
import { SeededRandom } from "../../src/random.js";

const dvae: DvaeConfig = { ...paperDvae, imageSize: 8, groups: 2 };

/** Rows of "#" for kept and "." for drawn. */
function drawing(kept: Uint8Array, side = 4): string {
  const marks = Array.from(kept, (one) => (one ? "#" : "."));
  return Array.from({ length: side }, (_, row) =>
    marks.slice(row * side, (row + 1) * side).join(""),
  ).join(" ");
}

const kept = (keep: Keep) => drawing(keptCodes({ keep }, dvae));

/** Black, but for the given pixels. */
function maskOf(pixels: readonly (readonly [x: number, y: number])[], value = 255): DalleImage {
  const mask = { width: 8, height: 8, pixels: new Uint8Array(8 * 8 * 3) };
  for (const [x, y] of pixels) mask.pixels.fill(value, 3 * (y * 8 + x), 3 * (y * 8 + x) + 3);
  return mask;
}

describe("keep", () => {
  test("borders add up, and leave a rectangle to draw", () => {
    expect(kept({ top: 0.5 })).toBe("#### #### .... ....");
    expect(kept({ bottom: 0.25 })).toBe(".... .... .... ####");
    expect(kept({ top: 0.5, left: 0.25 })).toBe("#### #### #... #...");
    expect(kept({ top: 0.25, bottom: 0.25, left: 0.25, right: 0.5 })).toBe("#### #.## #.## ####");
  });

  test("a rectangle, and all around it is drawn", () => {
    const rectangle = { left: 0.25, top: 0.5, width: 0.5, height: 0.25 };
    expect(kept({ rectangle })).toBe(".... .... .##. ....");
    expect(kept({ rectangle, top: undefined } as Keep)).toBe(".... .... .##. ....");
  });

  test("only codes that are kept wholly are kept, and rounding loses none", () => {
    expect(kept({ top: 0.74 })).toBe("#### #### .... ....");
    expect(kept({ bottom: 0.74 })).toBe(".... .... #### ####");
    expect(kept({ rectangle: { left: 0.2, top: 0, width: 0.6, height: 1 } })).toBe(
      ".##. .##. .##. .##.",
    );
    const toTheEdge = { left: 0.7, top: 0.1 + 0.2, width: 0.1 + 0.2, height: 0.7 };
    expect(0.7 + 0.1 + 0.2 + 1e-15).toBeGreaterThan(1);
    expect(kept({ rectangle: toTheEdge })).toBe(".... .... ...# ...#");
    const tenths = { ...dvae, imageSize: 20 }; // 10 × 10 codes; 0.1 + 0.2 > 0.3
    const rectangle = { left: 0.1, top: 0.1, width: 0.2, height: 0.2 };
    const codes = keptCodes({ keep: { rectangle } }, tenths);
    expect([...codes.entries()].filter(([, one]) => one).map(([index]) => index)).toEqual([
      11, 12, 21, 22,
    ]);
  });

  test.each<[Keep, string]>([
    [{ top: 1 }, "The kept region is the whole picture; keep less of it."],
    [{ top: 0.5, bottom: 0.5 }, "The kept region is the whole picture; keep less of it."],
    [{}, "The kept region holds no whole code of 2 × 2 pixels; keep more"],
    [{ top: 0.1 }, "The kept region holds no whole code of 2 × 2 pixels; keep more"],
    [{ top: 1.5 }, "keep.top: expected a fraction of the picture in [0, 1], got 1.5"],
    [{ left: Number.NaN }, "keep.left: expected a fraction of the picture in [0, 1], got NaN"],
    [{ up: 0.5 } as Keep, "keep: expected top, bottom, left and right, or a rectangle, got up"],
    [
      { rectangle: { left: 0, top: -1, width: 1, height: 1 } },
      "keep.rectangle.top: expected a fraction",
    ],
    [
      { rectangle: { left: 0, top: 0, width: 1 } } as unknown as Keep,
      "keep.rectangle.height: expected a fraction",
    ],
    [
      { rectangle: { left: 0.8, top: 0, width: 0.6, height: 1 } },
      "keep.rectangle: left + width: expected at most 1, the picture's edge, got 1.4",
    ],
    [
      { rectangle: { left: 0, top: 0.5, width: 1, height: 0.6 } },
      "keep.rectangle: top + height: expected at most 1",
    ],
    [
      { top: 0.5, rectangle: { left: 0, top: 0, width: 0.5, height: 0.5 } },
      "keep: expected top, bottom, left and right, or a rectangle alone, got top and rectangle",
    ],
    [{ rectangle: null } as unknown as Keep, "keep.rectangle: expected left, top, width and"],
    [{ rectangle: "all" } as unknown as Keep, "keep.rectangle: expected left, top, width and"],
    [null as unknown as Keep, "keep: expected top, bottom, left and right, or a rectangle, got n"],
    ["top" as unknown as Keep, "keep: expected top, bottom, left and right, or a rectangle, got t"],
  ])("refuses %j", (keep, message) => {
    expect(() => keptCodes({ keep }, dvae)).toThrow(message);
  });
});

describe("mask", () => {
  test("one white pixel draws its whole code; grey counts from 128", () => {
    expect(drawing(keptCodes({ mask: maskOf([[3, 2]]) }, dvae))).toBe("#### #.## #### ####");
    expect(drawing(keptCodes({ mask: maskOf([[7, 7]], 128) }, dvae))).toBe("#### #### #### ###.");
    expect(() => keptCodes({ mask: maskOf([[7, 7]], 127) }, dvae)).toThrow(
      "The mask marks nothing to draw anew; make part of it white.",
    );
  });

  test("refuses one that covers everything, another size, and a region said twice or not at all", () => {
    const all = { width: 8, height: 8, pixels: new Uint8Array(8 * 8 * 3).fill(255) };
    expect(() => keptCodes({ mask: all }, dvae)).toThrow(
      "The mask leaves no whole code of 2 × 2 pixels to keep",
    );
    const small = { width: 4, height: 4, pixels: new Uint8Array(4 * 4 * 3) };
    expect(() => keptCodes({ mask: small }, dvae)).toThrow("mask: expected 8 × 8 pixels");
    expect(() => keptCodes({ mask: null as never }, dvae)).toThrow("mask: expected a picture");
    expect(() => keptCodes({}, dvae)).toThrow("keep, mask: expected one of them");
    expect(() => keptCodes({ mask: all, keep: { top: 0.5 } }, dvae)).toThrow("got both");
  });
});

describe("the hole of a variation", () => {
  test.each([0.01, 0.25, 0.5, 0.75, 0.99])("has about its share of %s, and moves", (share) => {
    const side = 16;
    const { next } = new SeededRandom(3);
    const holes = Array.from({ length: 50 }, () => keptAroundHole(side, share, next));
    for (const hole of holes) {
      const drawn = hole.filter((one) => one === 0).length;
      expect(drawn).toBeGreaterThanOrEqual(1);
      expect(drawn).toBeLessThan(side * side);
      expect(Math.abs(drawn / side ** 2 - share)).toBeLessThan(0.07);
    }
    expect(new Set(holes.map((hole) => drawing(hole, side))).size).toBeGreaterThan(1);
  });
});
