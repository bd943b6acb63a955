import { crc32 } from "node:zlib";
import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { loadImage } from "../../src/images/load.js";
import { encodePng } from "../../src/images/png.js";
import { insertPngMetadata, readPngMetadata } from "../../src/images/png-metadata.js";

const image = {
  width: 5,
  height: 3,
  pixels: Uint8Array.from({ length: 45 }, (_, index) => (index * 37) % 256),
};

describe("encodePng", () => {
  test("pixels and metadata come back", async () => {
    const metadata = {
      caption: "قطة 🦊 a red block\nline two",
      seed: "\ufeff7",
      settings: '{"topK":64}',
    };
    const png = await encodePng(image, metadata);
    expect(readPngMetadata(png)).toEqual(metadata);
    const { width, height, pixels } = await loadImage(png);
    expect([width, height, ...pixels]).toEqual([5, 3, ...image.pixels]);
  });

  test("the codes of a drawn picture come back, whatever else is said; others are no codes", async () => {
    const codes = Int32Array.of(7, 0, 65_535);
    const png = await encodePng({ ...image, codes }, { caption: "a fox" });
    expect(readPngMetadata(png)).toEqual({ caption: "a fox", "picture-codes": "7 0 65535" });
    expect((await loadImage(png)).codes).toEqual(codes);
    expect((await loadImage(new Blob([png]))).codes).toEqual(codes);
    for (const text of ["", "7 -1", "7,8", "1 2 x", "123456"]) {
      const other = insertPngMetadata(png, { "picture-codes": text });
      expect(await loadImage(other), text).not.toHaveProperty("codes");
    }
    const jpeg = await sharp(png).jpeg().toBuffer();
    expect(await loadImage(jpeg)).not.toHaveProperty("codes");
  });

  test("gives the same bytes every time", async () => {
    const first = await encodePng(image, { seed: "7" });
    expect(await encodePng(image, { seed: "7" })).toEqual(first);
    expect(await encodePng(image, { seed: "8" })).not.toEqual(first);
  });

  test("other programs read the metadata", async () => {
    const png = await encodePng(image, { caption: "a fox" });
    const { comments } = await sharp(png).metadata();
    expect(comments).toEqual([expect.objectContaining({ text: "a fox" })]);
  });

  test("refuses pixels of another size", async () => {
    const promise = encodePng({ ...image, width: 6 });
    await expect(promise).rejects.toThrow(/^An image of 6×3 needs 54 bytes of RGB, got 45; pass/);
    await expect(encodePng({ width: 0, height: 3, pixels: new Uint8Array() })).rejects.toThrow(
      "0×3",
    );
    const numbers = Float32Array.from(image.pixels) as unknown as Uint8Array;
    await expect(encodePng({ ...image, pixels: numbers })).rejects.toMatchObject({
      code: "bad_option",
      message: expect.stringMatching(/^image\.pixels: expected a Uint8Array of RGB, .*, got /),
    });
  });
});

describe("PNG metadata", () => {
  test("any text comes back under any valid key", async () => {
    const png = await encodePng(image);
    const key = fc.stringMatching(/^[!-~]([ -~]{0,77}[!-~])?$/);
    fc.assert(
      fc.property(fc.dictionary(key, fc.string({ unit: "binary" })), (metadata) => {
        expect(Object.entries(readPngMetadata(insertPngMetadata(png, metadata)))).toEqual(
          Object.entries(metadata),
        );
      }),
      { seed: 8 },
    );
  });

  test.each(["", " a", "a ", "a\0b", "é", "x".repeat(80)])("refuses the key %j", async (key) => {
    const png = await encodePng(image);
    expect(() => insertPngMetadata(png, { [key]: "" })).toThrow(/^metadata key: expected 1 to 79/);
  });

  test("a PNG of another program has none; its compressed and other text chunks are left alone", async () => {
    const png = await sharp(image.pixels, { raw: { width: 5, height: 3, channels: 3 } })
      .png()
      .toBuffer();
    expect(readPngMetadata(png)).toEqual({});
    const compressed = Buffer.from("\0\0\0\0iTXtkey\0\x01\0\0\0xyz\0\0\0\0", "latin1");
    compressed.writeUInt32BE(compressed.length - 12, 0);
    compressed.writeUInt32BE(crc32(compressed.subarray(4, -4)), compressed.length - 4);
    const mixed = Buffer.concat([png.subarray(0, 33), compressed, png.subarray(33)]);
    expect(readPngMetadata(mixed)).toEqual({});
  });

  test("a key that the PNG has gets the new value alone, whoever wrote the old one", async () => {
    const old = await encodePng(image, { caption: "old", seed: "1" });
    const png = insertPngMetadata(old, { caption: "new" });
    expect(readPngMetadata(png)).toEqual({ caption: "new", seed: "1" });
    expect(png).toHaveLength(old.length); // nothing of the old one is left
    const other = await sharp(image.pixels, { raw: { width: 5, height: 3, channels: 3 } })
      .withExif({ IFD0: { Copyright: "me" } })
      .png()
      .toBuffer();
    const text = Buffer.from("\0\0\0\0tEXtcaption\0foreign\0\0\0\0", "latin1");
    text.writeUInt32BE(text.length - 12, 0);
    text.writeUInt32BE(crc32(text.subarray(4, -4)), text.length - 4);
    const foreign = Buffer.concat([other.subarray(0, 33), text, other.subarray(33)]);
    expect(insertPngMetadata(foreign, { caption: "new" })).toEqual(
      insertPngMetadata(other, { caption: "new" }),
    );
    expect((await loadImage(insertPngMetadata(foreign, { caption: "new" }))).width).toBe(5);
  });

  test("any cut and any flipped bit of the file is a typed error or harmless", async () => {
    const png = await encodePng(image, { caption: "a fox" });
    const damaged = expect.objectContaining({ code: "bad_file" });
    for (let length = 0; length < png.length; length++) {
      expect(() => readPngMetadata(png.subarray(0, length))).toThrow(damaged);
    }
    for (let index = 0; index < png.length; index++) {
      const flipped = Uint8Array.from(png);
      flipped[index]! ^= 0x10;
      expect(() => readPngMetadata(flipped)).toThrow(damaged);
    }
    expect(() => insertPngMetadata(new Uint8Array(40), {})).toThrow(damaged);
  });
});
