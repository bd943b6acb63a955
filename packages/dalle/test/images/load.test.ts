import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadImage } from "../../src/images/load.js";

/** 4 × 2: red left half, blue right half. */
const halves = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="2"><rect width="2" height="2" fill="#f00"/><rect x="2" width="2" height="2" fill="#00f"/></svg>',
);
const svg = { svg: true };
const red = [255, 0, 0];
const blue = [0, 0, 255];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dalle-load-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("loadImage", () => {
  test("reads a path and bytes alike, as RGB rows from the top left", async () => {
    const path = join(folder, "halves.svg");
    await writeFile(path, halves);
    const image = await loadImage(path, svg);
    const row = [...red, ...red, ...blue, ...blue];
    expect([image.width, image.height, ...image.pixels]).toEqual([4, 2, ...row, ...row]);
    expect(await loadImage(halves, svg)).toEqual(image);
    image.pixels.slice(0, 3).fill(7);
    expect([...image.pixels.subarray(0, 3)]).toEqual(red);
  });

  test("reads raster formats alone, and an SVG where it is asked for", async () => {
    const picture = sharp(halves).resize(64, 32, { kernel: "nearest" });
    for (const format of ["png", "jpeg", "webp", "gif", "tiff", "avif"] as const) {
      const file = await picture.clone().toFormat(format).toBuffer();
      expect((await loadImage(file)).width, format).toBe(64);
    }
    // Each level draws the one below twice, blurred: the time grows tenfold with every 185 bytes.
    const level = (number: number) =>
      `<g id="g${number}" filter="url(#b)"><use href="#g${number - 1}"/><use href="#g${number - 1}"/></g>`;
    const hostile = `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><filter id="b"><feGaussianBlur stdDeviation="9"/></filter><g id="g0"/>${[1, 2, 3].map(level).join("")}</svg>`;
    const path = join(folder, "hostile.png");
    await writeFile(path, hostile);
    const sources = { "The given data": Buffer.from(hostile), [path]: path };
    for (const [name, source] of Object.entries(sources)) {
      await expect(loadImage(source)).rejects.toMatchObject({
        code: "bad_file",
        message: `${name} is an SVG, and a small one can take hours to draw; give a PNG, JPEG, WebP, GIF, TIFF or AVIF file.`,
      });
    }
    const passing = Buffer.concat([Buffer.from("abcdftypavif"), halves]);
    await expect(loadImage(passing)).rejects.toThrow("is an SVG");
    const licensed = halves.toString().replace("<svg", `<!-- ${"licence ".repeat(2000)}--><svg`);
    expect((await loadImage(Buffer.from(licensed), svg)).width).toBe(4);
    await expect(loadImage(new ArrayBuffer(4) as never)).rejects.toThrow(
      "source: expected a path, bytes (Uint8Array) or a Blob, got an object with nothing in it",
    );
    // A phone's photograph, in the same kind of box as an AVIF.
    const photo = Buffer.concat([
      Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
      Buffer.alloc(2000),
    ]);
    await expect(loadImage(photo)).rejects.toThrow("is not a picture this program can read");
    const bitmap = Buffer.from("P3\n1 1\n255\n255 0 0\n"); // libvips reads it
    await expect(loadImage(bitmap, svg)).rejects.toThrow("is not a picture this program can read");
  });

  test("grey, 16-bit and CMYK pictures become 8-bit RGB", async () => {
    const grey = await sharp(halves).greyscale().png().toBuffer();
    const deep = await sharp(halves).toColourspace("rgb16").png().toBuffer();
    const cmyk = await sharp(halves).flatten().toColourspace("cmyk").jpeg().toBuffer();
    for (const file of [grey, deep, cmyk]) {
      expect((await loadImage(file)).pixels).toHaveLength(4 * 2 * 3);
    }
    expect([...(await loadImage(deep)).pixels.subarray(0, 3)]).toEqual(red);
  });

  test("what is transparent becomes white", async () => {
    const clear = { create: { width: 1, height: 1, channels: 4, background: "#f000" } } as const;
    const image = await loadImage(await sharp(clear).png().toBuffer());
    expect([...image.pixels]).toEqual([255, 255, 255]);
  });

  test("turns the picture as its EXIF tag says", async () => {
    const turned = await sharp(halves).png().withMetadata({ orientation: 6 }).toBuffer();
    const image = await loadImage(turned);
    expect([image.width, image.height]).toEqual([2, 4]);
    expect([...image.pixels.subarray(0, 3)]).toEqual(red);
    expect([...image.pixels.subarray(-3)]).toEqual(blue);
  });

  test("size cuts the centred square out and resizes it", async () => {
    const wide = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#f00"/><rect x="10" width="20" height="20" fill="#00f"/></svg>',
    );
    for (const size of [20, 10, 40]) {
      const image = await loadImage(wide, { size, ...svg });
      expect([image.width, image.height]).toEqual([size, size]);
      const middle = (Math.floor(size / 2) * size + Math.floor(size / 2)) * 3;
      expect([...image.pixels.subarray(middle, middle + 3)]).toEqual(blue);
    }
    expect([...(await loadImage(wide, { size: 20, ...svg })).pixels.subarray(0, 3)]).toEqual(blue);
  });

  test("a PNG that claims 30,000 × 30,000 pixels is refused before it is decoded", async () => {
    const png = await sharp(halves).png().toBuffer();
    png.writeUInt32BE(30_000, 16);
    png.writeUInt32BE(30_000, 20);
    await expect(loadImage(png)).rejects.toThrow(
      "The given data has more than 100 million pixels; make it smaller first.",
    );
  });

  test("a file cut short is one typed error, whatever its format", async () => {
    const photo = await sharp({
      create: {
        width: 64,
        height: 64,
        channels: 3,
        background: "red",
        noise: { type: "gaussian", mean: 99, sigma: 40 },
      },
    })
      .png()
      .toBuffer();
    for (const format of ["png", "jpeg", "webp", "gif", "tiff"] as const) {
      const file = await sharp(photo).toFormat(format).toBuffer();
      const promise = loadImage(file.subarray(0, file.length / 2));
      await expect(promise, format).rejects.toMatchObject({ code: "bad_file" });
      await expect(promise, format).rejects.toThrow(/^The given data is .*\.$/);
    }
  });

  test("names the file that is missing, a folder, empty, or no picture", async () => {
    const text = join(folder, "notes.txt");
    await writeFile(text, "not a picture");
    const empty = join(folder, "empty.png");
    await writeFile(empty, "");
    const absent = join(folder, "absent.png");
    await expect(loadImage(absent)).rejects.toMatchObject({
      code: "not_found",
      message: `${absent} does not exist; check the path.`,
    });
    await expect(loadImage(folder)).rejects.toThrow(`${folder} is not a file; name a picture.`);
    for (const path of [text, empty]) {
      await expect(loadImage(path)).rejects.toThrow(
        `${path} is not a picture this program can read`,
      );
    }
    await expect(loadImage(new Uint8Array())).rejects.toThrow(/^The given data is not a picture/);
  });

  test("says what is wrong with a name that is empty or an address, and with what is no source", async () => {
    await expect(loadImage("")).rejects.toThrow(
      "The name of the picture's file is empty; give its path.",
    );
    await expect(loadImage("https://example.org/ball.png")).rejects.toMatchObject({
      code: "unsupported",
      message:
        "https://example.org/ball.png is an address, and Node reads a picture from a file or from its bytes; pass the path or the bytes.",
    });
    for (const wrong of [undefined, 5, [1, 2]])
      await expect(loadImage(wrong as never)).rejects.toThrow(
        `source: expected a path, bytes (Uint8Array) or a Blob, got ${Array.isArray(wrong) ? "[1,2]" : wrong}`,
      );
  });

  test.each([0, 1.5, 16_385, Number.NaN])("refuses size %s", async (size) => {
    await expect(loadImage(halves, { size })).rejects.toThrow(/^size: expected an integer in/);
  });
});
