/** @file The dVAE's objective against its formulas in double precision [SPEC §1.3]. */
import { aten, seedGenerator, tensor, tidy } from "@dalle-ts/torch";
import { describe, expect, test } from "vitest";
import { dvaeLoss, gumbelSoftmax, klToUniform, logitLaplaceLoss } from "../../src/index.js";
import { normalArray, relativeError } from "../tiny.js";

const noFloor = -100;

/** −ln f(x | μ, b), as the paper defines f. */
function minusLogDensity(x: number, mean: number, logScale: number): number {
  const b = Math.exp(logScale);
  const logit = Math.log(x / (1 - x));
  return -Math.log((1 / (2 * b * x * (1 - x))) * Math.exp(-Math.abs(logit - mean) / b));
}

/** The loss of one value. */
function lossOf(x: number, mean: number, logScale: number, floor = noFloor): number {
  return tidy(() =>
    logitLaplaceLoss(
      tensor(Float32Array.of(mean, logScale), [1, 2, 1, 1], "f32"),
      tensor(Float32Array.of(x), [1, 1, 1, 1], "f32"),
      floor,
    ).item(),
  );
}

describe("logit-Laplace", () => {
  test.each([
    [0.5, 0, 0],
    [0.1, -2, 0.5],
    [0.9, -2, -1],
    [0.3, 1.2, -2.5],
  ])("x = %d, mean %d, ln b %d", (x, mean, logScale) => {
    const expected = minusLogDensity(x, mean, logScale);
    expect(Math.abs(lossOf(x, mean, logScale) - expected)).toBeLessThan(2e-5);
  });

  test("is a density: it integrates to 1 over (0, 1)", () => {
    const parts = 2000;
    let sum = 0;
    for (let part = 0; part < parts; part++) {
      sum += Math.exp(-lossOf((part + 0.5) / parts, 0.4, -0.7)) / parts;
    }
    expect(Math.abs(sum - 1)).toBeLessThan(1e-3);
  });

  test("averages over pictures, channels and pixels; means come first, then ln b", () => {
    const shape = [2, 3, 2, 2];
    const pixels = normalArray(24, 1).map((value) => 0.1 + 0.8 / (1 + Math.exp(-value)));
    const decoded = normalArray(48, 2);
    let expected = 0;
    for (const [index, x] of pixels.entries()) {
      const at = Math.floor(index / 12) * 24 + (index % 12);
      expected += minusLogDensity(x, decoded[at]!, decoded[at + 12]!) / 24;
    }
    const found = tidy(() =>
      logitLaplaceLoss(
        tensor(decoded, [2, 6, 2, 2], "f32"),
        tensor(pixels, shape, "f32"),
        noFloor,
      ).item(),
    );
    expect(Math.abs(found - expected)).toBeLessThan(1e-5);
  });

  test("the floor bounds ln b from below", () => {
    expect(lossOf(0.4, 0.2, -9, -1)).toBe(lossOf(0.4, 0.2, -1));
    expect(lossOf(0.4, 0.2, -0.5, -1)).toBe(lossOf(0.4, 0.2, -0.5));
  });
});

describe("KL to uniform", () => {
  const kl = (logits: Float32Array, codes: number) =>
    tidy(() => klToUniform(tensor(logits, [1, 1, logits.length / codes, codes], "f32")).item());

  test("of one-hot logits is ln 8192 = 9.0109 nats a cell", () => {
    const logits = new Float32Array(2 * 8192);
    logits[5] = 1000;
    logits[8192 + 77] = 1000;
    expect(kl(logits, 8192)).toBeCloseTo(9.0109, 4);
    expect(kl(logits, 8192)).toBeCloseTo(Math.log(8192), 5);
  });

  test("of equal logits is 0", () => {
    expect(Math.abs(kl(new Float32Array(64).fill(3), 16))).toBeLessThan(1e-6);
  });

  test("is the mean over cells of Σ q ln (q K)", () => {
    const codes = 10;
    const logits = normalArray(6 * codes, 3, 2);
    let expected = 0;
    for (let cell = 0; cell < 6; cell++) {
      const weights = Array.from(logits.subarray(cell * codes, (cell + 1) * codes), Math.exp);
      const total = weights.reduce((a, b) => a + b);
      for (const w of weights) expected += ((w / total) * Math.log((w / total) * codes)) / 6;
    }
    expect(Math.abs(kl(logits, codes) - expected)).toBeLessThan(1e-5);
  });

  test("counts β / 192 at the paper's 8 × 8 × 3 values a code", () => {
    const total = tidy(() => {
      const scalar = (value: number) => tensor(Float32Array.of(value), [], "f32");
      return dvaeLoss(scalar(0.25), scalar(Math.log(8192)), 6.6, 192).item();
    });
    // Summed over 1024 cells and divided by 196,608 values [SPEC §10].
    expect(total).toBeCloseTo(0.25 + (1024 * 6.6 * Math.log(8192)) / 196_608, 5);
  });
});

describe("Gumbel-softmax", () => {
  const codes = 6;
  const logits = normalArray(codes, 4);

  test("is softmax((logits − ln(−ln u)) / τ)", () => {
    const uniform = normalArray(codes, 5).map((value) => 1 / (1 + Math.exp(-value)));
    for (const temperature of [1, 0.53125, 0.0625]) {
      const scores = [...uniform].map(
        (u, i) => (logits[i]! - Math.log(-Math.log(u))) / temperature,
      );
      const largest = Math.max(...scores);
      const weights = scores.map((score) => Math.exp(score - largest));
      const total = weights.reduce((a, b) => a + b);
      const found = tidy(() =>
        gumbelSoftmax(
          tensor(logits, [codes], "f32"),
          tensor(uniform, [codes], "f32"),
          temperature,
        ).toArray(),
      ) as Float32Array;
      const expected = weights.map((weight) => weight / total);
      expect(relativeError(found, expected)).toBeLessThan(1e-5);
      expect(found.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
    }
  });

  test("its largest weight falls on each code as often as softmax says (chi-square)", () => {
    const draws = 20_000;
    const winners = tidy(() => {
      seedGenerator(6);
      const table = tensor(logits, [1, codes], "f32").expand([draws, codes]);
      const uniform = aten("aten::clamp", aten("aten::rand_like", table.add(0)), 1e-7, 1 - 1e-7);
      return gumbelSoftmax(table, uniform, 0.5).argmax(-1).toArray();
    });
    const weights = Array.from(logits, Math.exp);
    const total = weights.reduce((a, b) => a + b);
    const counts = weights.map(
      (_, code) => winners.filter((winner) => Number(winner) === code).length,
    );
    const chiSquare = counts.reduce((sum, count, code) => {
      const expected = (draws * weights[code]!) / total;
      return sum + (count - expected) ** 2 / expected;
    }, 0);
    expect(chiSquare).toBeLessThan(20.5); // 5 degrees of freedom, one in a thousand
  });
});
