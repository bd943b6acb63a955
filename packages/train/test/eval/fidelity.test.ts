/** @file What reconstructions lose, on pictures whose losses are known. */
import { FidelityTally, fidelity } from "@dalle-ts/train";
import { expect, test } from "vitest";

const SIDE = 16;

/** value: of each byte. */
function picture(value: (index: number) => number) {
  return {
    width: SIDE,
    height: SIDE,
    pixels: Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, index) => value(index)),
  };
}

const stripes = (low: number, high: number) => picture((index) => (index % 24 < 12 ? low : high));

test("the signal-to-noise ratio is that of the mean square", () => {
  expect(fidelity(stripes(50, 200), stripes(60, 200)).psnr).toBeCloseTo(
    10 * Math.log10(255 ** 2 / 50), // every second value is 10 off
    10,
  );
  const asItWas = 10 * Math.log10(255 ** 2 * SIDE * SIDE * 3);
  expect(fidelity(stripes(50, 200), stripes(50, 200)).psnr).toBeCloseTo(asItWas, 10);
});

test("structural similarity is 1 of the same picture, that of the means where both are flat, and below 0 of a negative", () => {
  expect(fidelity(stripes(50, 200), stripes(50, 200)).ssim).toBeCloseTo(1, 12);
  const [dark, light] = [picture(() => 100), picture(() => 120)];
  const c1 = (0.01 * 255) ** 2;
  const luminance = (2 * 100 * 120 + c1) / (100 ** 2 + 120 ** 2 + c1);
  expect(fidelity(dark, light).ssim).toBeCloseTo(luminance, 6);
  expect(fidelity(stripes(50, 200), stripes(200, 50)).ssim).toBeLessThan(-0.5);
});

test("the tally takes means over pictures, and counts the codes in use", () => {
  const tally = new FidelityTally("held-out", 10);
  const original = stripes(50, 200);
  tally.add("blocks", original, { ...original, codes: Int32Array.of(3, 3, 3, 3) });
  tally.add("objects", original, { ...stripes(60, 200), codes: Int32Array.of(7, 7, 7, 7) });
  const [whole, off] = [fidelity(original, original), fidelity(original, stripes(60, 200))];
  const score = tally.score();
  expect(score).toMatchObject({ split: "held-out", codes: { used: 2, of: 10 } });
  expect(score.codes.perplexity).toBeCloseTo(2, 10);
  expect(score.psnr).toBeCloseTo((whole.psnr + off.psnr) / 2, 10);
  expect(score.families).toEqual([
    { family: "blocks", ...whole },
    { family: "objects", ...off },
  ]);
});
