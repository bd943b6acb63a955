import { describe, expect, test } from "vitest";
import { contactSheet } from "../../src/images/grid.js";
import type { DalleImage } from "../../src/images/image.js";

/** An image of one grey value. */
const plain = (value: number, width = 1, height = 1): DalleImage => ({
  width,
  height,
  pixels: new Uint8Array(width * height * 3).fill(value),
});

/** The first channel, one text line per row. */
const show = ({ width, height, pixels }: DalleImage): string[] =>
  Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => pixels[(y * width + x) * 3]).join(" "),
  );

describe("contactSheet", () => {
  test("places images in reading order with gaps, and leaves empty cells in the background", () => {
    const sheet = contactSheet([plain(1), plain(2), plain(3)], {
      columns: 2,
      gap: 1,
      background: [9, 8, 7],
    });
    expect(show(sheet)).toEqual(["1 9 2", "9 9 9", "3 9 9"]);
    expect([...sheet.pixels.subarray(3, 6)]).toEqual([9, 8, 7]);
  });

  test("keeps the rows of larger images together", () => {
    const left = {
      width: 2,
      height: 2,
      pixels: Uint8Array.from([1, 2, 3, 4].flatMap((v) => [v, v, v])),
    };
    expect(show(contactSheet([left, plain(5, 2, 2)], { gap: 0 }))).toEqual(["1 2 5 5", "3 4 5 5"]);
  });

  test("is nearly square by default, and never wider than the images there are", () => {
    const five = contactSheet([1, 2, 3, 4, 5].map((value) => plain(value)));
    expect([five.width, five.height]).toEqual([3 + 2 * 2, 2 + 2]);
    const one = contactSheet([plain(1)], { columns: 4 });
    expect([one.width, one.height]).toEqual([1, 1]);
  });

  test("refuses no images, different sizes and impossible numbers", () => {
    expect(() => contactSheet([])).toThrow(/^images: expected at least one image/);
    expect(() => contactSheet([plain(1), plain(1, 2, 1)])).toThrow(
      "A contact sheet takes images of one size: image 0 is 1×1, image 1 is 2×1; resize them first.",
    );
    expect(() => contactSheet([plain(1)], { columns: 0 })).toThrow(/^columns: expected/);
    expect(() => contactSheet([plain(1)], { gap: -1 })).toThrow(/^gap: expected/);
    for (const background of [[300, 0, 0], [0, Number.NaN, 0], [1]]) {
      const options = { background: background as unknown as [number, number, number] };
      expect(() => contactSheet([plain(1)], options)).toThrow(/^background: expected three/);
    }
    expect(() => contactSheet([plain(1), plain(2)], { gap: 1e10 })).toThrow(
      "images: expected a sheet of at most 100 million pixels, got 10000000002 × 1",
    );
    expect(() => contactSheet([{ ...plain(1), width: 2 }])).toThrow(
      /^An image of 2×1 needs 6 bytes/,
    );
  });
});
