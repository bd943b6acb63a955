import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { loadImage } from "../../src/images/load.js";
import { loadMask, loadTransparency, loadWhiteMask } from "../../src/images/load-mask.js";

/** 4 × 2: left half red, right half as given. */
const halves = (right: string) =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="4" height="2"><rect width="2" height="2" fill="#f00"/><rect x="2" width="2" height="2" fill="${right}"/></svg>`,
  );
const svg = { svg: true };
/** "." where it is drawn anew. */
async function marks(source: Uint8Array, size?: number, load = loadMask): Promise<string> {
  const { width, pixels } = await load(source, { size, svg: true });
  expect([...pixels].every((value) => value === 0 || value === 255)).toBe(true);
  const all = Array.from({ length: pixels.length / 3 }, (_, pixel) =>
    pixels[3 * pixel] ? "." : "#",
  );
  return all.join("").replaceAll(new RegExp(`(.{${width}})(?=.)`, "g"), "$1 ");
}
const leftKept = "##.. ##..";

describe("loadMask", () => {
  test("without transparency, white is drawn anew", async () => {
    expect(await marks(halves("#fff"))).toBe(leftKept);
    expect(await marks(halves("#777"))).toBe("#### ####");
    const png = sharp(halves("#fff")).flatten();
    const grey = await png.clone().threshold(128).png().toBuffer();
    const deep = await png.clone().toColourspace("rgb16").png().toBuffer();
    const cmyk = await png.clone().toColourspace("cmyk").tiff().toBuffer();
    for (const file of [grey, deep, cmyk]) expect(await marks(file)).toBe(leftKept);
  });

  test("with transparency, what is transparent is, whatever its colour", async () => {
    const rgba = await sharp(halves("none")).png().toBuffer();
    expect(await marks(rgba)).toBe(leftKept);
    const inverse = await sharp(rgba)
      .composite([
        { input: halves("none"), blend: "out" }, // nothing is left of the red half
      ])
      .png()
      .toBuffer();
    expect(await marks(inverse)).toBe(".... ....");
    const deep = await sharp(rgba).toColourspace("rgb16").png().toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe("ushort");
    expect(await marks(deep)).toBe(leftKept);
  });

  test("is cut and resized as a picture is, and stays black and white", async () => {
    expect(await marks(halves("#fff"), 2)).toBe("#. #.");
    expect(await marks(halves("none"), 4)).toBe("##.. ##.. ##.. ##..");
  });

  test("is refused as a picture is", async () => {
    await expect(loadMask("absent.png")).rejects.toThrow("absent.png does not exist");
    await expect(loadMask(new Uint8Array(9))).rejects.toMatchObject({ code: "bad_file" });
  });
});

describe("loadTransparency", () => {
  const around = (right: string) => halves(right).toString().replace('fill="#f00"', 'fill="#fff"');

  test("reads transparency alone, and finds none where there is hardly any", async () => {
    for (const right of ["#fff", '#fff" fill-opacity="0.75']) {
      expect(await loadTransparency(Buffer.from(around(right)), svg)).toBeUndefined();
    }
    const clear = await loadTransparency(Buffer.from(around("none")), svg);
    expect(clear).toEqual(await loadMask(Buffer.from(around("none")), svg));
  });

  test("finds none in what is cut away", async () => {
    const corner = await sharp({
      create: { width: 6, height: 2, channels: 4, background: "#ffff" },
    })
      .composite([
        {
          input: { create: { width: 1, height: 2, channels: 4, background: "#ffff" } },
          left: 0,
          top: 0,
          blend: "dest-out",
        },
      ])
      .png()
      .toBuffer();
    expect(await loadTransparency(corner)).toBeDefined();
    expect(await loadTransparency(corner, { size: 2 })).toBeUndefined();
  });
});

describe("loadWhiteMask", () => {
  const white = (source: Uint8Array, size?: number) => marks(source, size, loadWhiteMask);

  test("white is drawn anew, and what is transparent is kept", async () => {
    expect(await white(halves("#fff"))).toBe(leftKept);
    expect(await white(halves("#fff"), 2)).toBe("#. #.");
    for (const right of ["none", "#777", '#fff" fill-opacity="0.25']) {
      expect(await white(halves(right))).toBe("#### ####");
    }
  });

  test("is turned upright, and limited in size, as a picture is", async () => {
    const turned = await sharp(halves("#fff"))
      .flatten()
      .withMetadata({ orientation: 3 }) // upside down
      .png()
      .toBuffer();
    expect(await white(turned)).toBe("..## ..##");
    const huge = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="20000" height="9000"/>',
    );
    await expect(loadWhiteMask(huge, svg)).rejects.toThrow("has more than 100 million pixels");
  });
});

test("of an animation the first frame is read, as a picture and as a mask", async () => {
  const frames = await Promise.all(
    ["#fff", "#000"].map((right) => sharp(halves(right)).png().toBuffer()),
  );
  for (const format of ["gif", "webp"] as const) {
    const animation = await sharp(frames, { join: { animated: true } })
      .toFormat(format, { lossless: true })
      .toBuffer();
    expect((await sharp(animation).metadata()).pages).toBe(2);
    const image = await loadImage(animation);
    expect([image.width, image.height]).toEqual([4, 2]);
    expect([...image.pixels.subarray(9, 12)]).toEqual([255, 255, 255]);
    expect(await marks(animation)).toBe(leftKept);
  }
});
