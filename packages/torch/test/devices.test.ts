/** @file Devices and random generators. This file must pass with and without a GPU. */
import { describe, expect, test } from "vitest";
import {
  aten,
  checkDevice,
  cudaDeviceCount,
  generatorState,
  restoreGeneratorState,
  scalarTypes,
  seedGenerator,
  tensor,
  tidy,
  torchInstallation,
  torchVersion,
} from "../src/index.js";

describe("devices", () => {
  test("the CPU is always there", () => {
    expect(checkDevice("cpu")).toBe("cpu");
  });

  test("one CUDA device more than there are is an error that names the count and the next step", () => {
    const count = cudaDeviceCount();
    const seen = ["no CUDA device", "only 1 CUDA device"][count] ?? `only ${count} CUDA devices`;
    for (const device of [`cuda:${count}`, ...(count === 0 ? ["cuda"] : [])]) {
      expect(() => checkDevice(device)).toThrow(
        expect.objectContaining({
          code: "unsupported",
          message: `device: ${device} was asked for, but libtorch ${torchVersion()} sees ${seen}; use --device cpu, or a libtorch built with CUDA.`,
        }),
      );
    }
    if (count > 0) expect(checkDevice("cuda")).toBe("cuda:0");
  });

  test.each(["tpu", "", "cuda:", "cuda:-1", "cuda:x", "CPU", "cpu:0"])(
    "%j is a bad option",
    (device) => {
      expect(() => checkDevice(device)).toThrow(expect.objectContaining({ code: "bad_option" }));
      expect(() => checkDevice(device)).toThrow(
        /^device: expected "cpu", "cuda" or "cuda:<index>"/,
      );
    },
  );

  test("the installation says which libtorch runs", () => {
    expect(torchInstallation()).toMatchObject({ version: torchVersion(), built: true });
    expect(torchVersion()).toMatch(/^\d+\.\d+\.\d+/);
  });
});

describe("random numbers", () => {
  const draw = (operator: string, count = 5) =>
    tidy(() => {
      const options = [scalarTypes.f32, undefined, "cpu"] as const;
      return [...aten(operator, [count], ...options).toArray()].map(Number);
    });

  test.each(["aten::rand", "aten::randn"])(
    "%s: a seed repeats its draws, another seed does not",
    (operator) => {
      seedGenerator(42);
      const first = draw(operator);
      seedGenerator(42);
      expect(draw(operator)).toEqual(first);
      expect(draw(operator)).not.toEqual(first);
      seedGenerator(43);
      expect(draw(operator)).not.toEqual(first);
    },
  );

  test.each([0, 2 ** 32, 2 ** 53 - 1])("%d is a seed", (seed) => {
    seedGenerator(seed);
    const first = draw("aten::rand");
    seedGenerator(seed);
    expect(draw("aten::rand")).toEqual(first);
  });

  test.each([-1, 1.5, Number.NaN, 2 ** 53])("%d is not", (seed) => {
    expect(() => seedGenerator(seed)).toThrow(/^seed: expected an integer in \[0, 2\^53\)/);
  });

  test("a saved state continues the same sequence, an odd number of normal draws included", () => {
    seedGenerator(7);
    draw("aten::randn", 3);
    tidy(() => {
      const bytes = generatorState().toArray() as Uint8Array;
      const expected = [draw("aten::randn", 3), draw("aten::rand", 40), draw("aten::randn", 1)];
      seedGenerator(1);
      draw("aten::rand");
      restoreGeneratorState(tensor(bytes, [bytes.length], "u8"));
      expect([draw("aten::randn", 3), draw("aten::rand", 40), draw("aten::randn", 1)]).toEqual(
        expected,
      );
    });
  });

  test("a state of another size is refused, and the generator goes on", () => {
    seedGenerator(3);
    const expected = draw("aten::rand");
    seedGenerator(3);
    tidy(() => {
      const bad = tensor(Uint8Array.of(1, 2, 3), [3], "u8");
      expect(() => restoreGeneratorState(bad)).toThrow(
        expect.objectContaining({
          code: "native",
          message: expect.stringMatching(/^restoreGeneratorState: /),
        }),
      );
    });
    expect(draw("aten::rand")).toEqual(expected);
  });
});

test("large blocks that are freed are used again, whatever small ones come between", () => {
  const megabytes = () => process.memoryUsage().rss / 1e6;
  const useSome = () =>
    tidy(() => {
      const block = aten("aten::zeros", [16, 1024, 1024], scalarTypes.f32, undefined, "cpu"); // 67 MB
      block.add(1).argmax(0);
    });
  for (let round = 0; round < 4; round++) useSome();
  const before = megabytes();
  for (let round = 0; round < 20; round++) useSome();
  expect(megabytes() - before).toBeLessThan(100);
});
