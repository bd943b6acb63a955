/** @file Picture files to squares: upright, on white, and the square that the cut says. */
import sharp from "sharp";
import { expect, test } from "vitest";
import { type Cutter, centreCut, decodePicture, Random } from "../../src/index.js";

/** width × height with a red left half and a blue right half. */
async function halves(width: number, height: number) {
  const pixels = Uint8Array.from({ length: width * height * 3 }, (_, index) => {
    const left = Math.floor(index / 3) % width < width / 2;
    return [left ? 255 : 0, 0, left ? 0 : 255][index % 3]!;
  });
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

const decode = async (bytes: Uint8Array, size: number, cutter: Cutter = centreCut) => {
  const { header, image } = await decodePicture(bytes, size, cutter, new Random(0, 0));
  const at = (x: number, y: number) => [
    ...image.pixels.subarray((y * size + x) * 3).subarray(0, 3),
  ];
  return { header, image, at };
};

test("the centre square, from a picture of many times its size and of its own", async () => {
  for (const width of [16, 90, 1200]) {
    const { header, image, at } = await decode(
      await (await halves(width, width / 2)).png().toBuffer(),
      8,
    );
    expect(header).toEqual({ width, height: width / 2, format: "png" });
    expect(image.pixels).toHaveLength(8 * 8 * 3);
    expect([at(0, 0), at(7, 7)]).toEqual([
      [255, 0, 0],
      [0, 0, 255],
    ]);
  }
});

test("turned upright by its EXIF tag before it is cut", async () => {
  const bytes = await (await halves(60, 40)).withMetadata({ orientation: 6 }).png().toBuffer();
  const { header, at } = await decode(bytes, 8);
  expect(header).toMatchObject({ width: 40, height: 60 });
  // A quarter turn clockwise: what was at the left is above.
  expect([at(4, 0), at(4, 7)]).toEqual([
    [255, 0, 0],
    [0, 0, 255],
  ]);
});

test("mirrored, and transparency on white", async () => {
  const mirrored: Cutter = (...args) => ({ ...centreCut(...args), mirrored: true });
  const { at } = await decode(await (await halves(32, 32)).png().toBuffer(), 8, mirrored);
  expect([at(0, 3), at(7, 3)]).toEqual([
    [0, 0, 255],
    [255, 0, 0],
  ]);
  const glass = sharp({ create: { width: 9, height: 9, channels: 4, background: "#00000000" } });
  expect((await decode(await glass.webp().toBuffer(), 4)).at(1, 1)).toEqual([255, 255, 255]);
});

test("grey, 16 bits, CMYK and animations become RGB bytes", async () => {
  const base = await halves(24, 24);
  const grey = await base.clone().greyscale().png().toBuffer();
  const deep = await base.clone().toColourspace("rgb16").png().toBuffer();
  const cmyk = await base.clone().toColourspace("cmyk").jpeg().toBuffer();
  for (const bytes of [grey, deep, cmyk]) {
    expect((await decode(bytes, 8)).image.pixels).toHaveLength(8 * 8 * 3);
  }
});
