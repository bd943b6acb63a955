import { expect, test } from "vitest";
import { exponential } from "../src/exponential.js";

test("is e^x to 12 digits for all x that matter, and 0 for those that do not", () => {
  let worst = 0;
  for (let place = 0; place <= 708_000; place++) {
    const x = -place / 1000;
    worst = Math.max(worst, Math.abs(exponential(x) / Math.exp(x) - 1));
  }
  expect(worst).toBeLessThan(1e-12);
  expect(exponential(0)).toBe(1);
  expect(exponential(-1e-300)).toBe(1);
  for (const x of [-708.001, -1e9, Number.NEGATIVE_INFINITY]) expect(exponential(x)).toBe(0);
});

test("never falls as x rises", () => {
  let before = 0;
  for (let place = 3_000_000; place >= 0; place--) {
    const now = exponential(-place / 100_000);
    if (now < before) expect.fail(`e^${-place / 100_000} is less than that of a smaller number`);
    before = now;
  }
});
