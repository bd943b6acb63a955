/** @file Another size for a picture, against libvips' bicubic, and what every resizing must keep. */
import sharp from "sharp";
import { expect, test } from "vitest";
import { resizeSquare } from "../../src/images/resize.js";

/** Waves of several lengths, different in each colour. */
function waves(side: number) {
  const pixels = Uint8Array.from({ length: 3 * side * side }, (_, index) => {
    const [pixel, channel] = [Math.floor(index / 3), index % 3];
    const [row, column] = [Math.floor(pixel / side), pixel % side];
    return Math.round(128 + 90 * Math.sin(row / (2 + channel)) * Math.cos(column / 5));
  });
  return { width: side, height: side, pixels };
}

test.each([
  [64, 56],
  [64, 24],
])("%d pixels to %d are libvips' cubic to a level", async (from, to) => {
  const image = waves(from);
  const raw = { raw: { width: from, height: from, channels: 3 as const } };
  const expected = await sharp(image.pixels, raw)
    .resize(to, to, { kernel: "cubic", fastShrinkOnLoad: false })
    .raw()
    .toBuffer();
  const found = resizeSquare(image, to);
  expect(found).toMatchObject({ width: to, height: to });
  let sum = 0;
  for (const [index, value] of found.pixels.entries()) sum += Math.abs(value - expected[index]!);
  expect(sum / expected.length).toBeLessThan(1);
});

test("a slope stays that slope where it grows, away from the edges", () => {
  const slope = { width: 16, height: 16, pixels: new Uint8Array(768) };
  for (let index = 0; index < 768; index++) slope.pixels[index] = 8 * (Math.floor(index / 3) % 16);
  const { pixels } = resizeSquare(slope, 64);
  for (let column = 8; column < 56; column++)
    expect(pixels[3 * (64 * 20 + column)]).toBe(Math.round(8 * ((column + 0.5) / 4 - 0.5)));
});

test("one colour stays that colour, and a picture of the size asked for is the same one", () => {
  const flat = { width: 9, height: 9, pixels: new Uint8Array(243).fill(77) };
  for (const side of [4, 20])
    expect(new Set(resizeSquare(flat, side).pixels)).toEqual(new Set([77]));
  expect(resizeSquare(flat, 9)).toBe(flat);
});
