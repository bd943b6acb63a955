/** @file What a picture is drawn with: the request's settings, then the model's, then the paper's. */
import { paperTransformer } from "@dalle-ts/models";
import { expect, test } from "vitest";
import { resolveSampling } from "../src/sampling.js";

const transformer = paperTransformer;

test("a request comes before the model, and the model before plain sampling", () => {
  expect(resolveSampling({ transformer })).toEqual({ temperature: 1, topP: 1, guidance: 1 });
  const sampling = { temperature: 0.8, guidance: 3, topK: 64 };
  expect(resolveSampling({ transformer, sampling })).toEqual({ ...sampling, topP: 1 });
  const asked = { temperature: 0, topP: 0.9, guidance: undefined };
  expect(resolveSampling({ transformer, sampling }, asked)).toEqual({
    temperature: 0,
    topK: 64,
    topP: 0.9,
    guidance: 3,
  });
});

test("where guidance ends is said of pictures that are guided", () => {
  const sampling = { guidance: 2, guidanceEnd: 0.75 };
  const resolve = (asked: object) => resolveSampling({ transformer, sampling }, asked);
  expect(resolve({})).toMatchObject(sampling);
  const whole = resolve({ guidanceEnd: 1 });
  expect(resolve(whole)).toEqual(whole); // what was resolved is not resolved to something else
  expect(whole.guidanceEnd).toBe(1);
  expect(resolve({ guidance: 1 })).toEqual({ temperature: 1, topP: 1, guidance: 1 });
});

test("impossible settings are refused by name, whoever made them", () => {
  const message = (sampling: object, asked: object = {}) => {
    try {
      return JSON.stringify(resolveSampling({ transformer, sampling }, asked));
    } catch (error) {
      return (error as Error).message;
    }
  };
  for (const guidance of [Number.POSITIVE_INFINITY, Number.NaN, 1e40, -1001]) {
    expect(message({}, { guidance })).toBe(
      `guidance: expected a number in [-1000, 1000], got ${guidance}`,
    );
  }
  for (const guidance of ["3", [5]]) {
    expect(message({}, { guidance })).toContain("guidance: expected a number");
  }
  expect(message({ guidance: 1e40 })).toContain("guidance: expected a number");
  expect(message({ topK: 9000 })).toBe("topK: expected an integer in [1, 8192], got 9000");
  expect(message({ topK: 9000 }, { topK: 5 })).toContain('"topK":5');
  expect(message({}, { temperature: -1 })).toContain("temperature: expected a number >= 0");
  expect(message({}, { topP: 0 })).toContain("topP: expected a number in (0, 1]");
  for (const guidanceEnd of [0, 1.1, Number.NaN, "1"])
    expect(message({}, { guidanceEnd })).toContain("guidanceEnd: expected a number in (0, 1]");
});
