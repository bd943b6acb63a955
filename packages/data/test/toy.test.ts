/** @file The toy task: 9,216 pictures, each a function of its caption. */
import { expect, test } from "vitest";
import { toyCount, toySample, toySize } from "../src/index.js";

// Every seventh index meets every value of every attribute, as 7 divides none of their counts.
const samples = Array.from({ length: Math.ceil(toyCount / 7) }, (_, index) => toySample(index * 7));

test("captions and pictures are all different", () => {
  expect(toyCount).toBe(9216);
  expect(new Set(samples.map(({ caption }) => caption)).size).toBe(samples.length);
  expect(new Set(samples.map(({ pixels }) => Buffer.from(pixels).toString("latin1"))).size).toBe(
    samples.length,
  );
});

test("captions have 3 to 12 words", () => {
  const lengths = new Set(samples.map(({ caption }) => caption.split(" ").length));
  expect(Math.min(...lengths)).toBe(3);
  expect(Math.max(...lengths)).toBe(12);
});

test("pictures are 32 × 32 RGB and repeatable", () => {
  expect(toySample(0).caption).toBe("a red circle");
  expect(toySample(0).pixels.length).toBe(toySize * toySize * 3);
  expect(toySample(5000)).toEqual(toySample(5000));
});

test("an index outside the task is refused", () => {
  expect(() => toySample(9216)).toThrow("index: expected an integer in [0, 9216)");
  expect(() => toySample(0.5)).toThrow("index");
});
