/**
 * @file AdamW against its definition in double precision, on both code paths: libtorch's fused kernel (2.x) and the
 * composed one. Error: L2 norm of the difference over that of the reference.
 */
import * as torch from "@dalle-ts/torch";
import { tensor, tidy } from "@dalle-ts/torch";
import { afterEach, describe, expect, test, vi } from "vitest";
import { normalArray, relativeError } from "../../../models/test/tiny.js";
import {
  type AdamWSettings,
  adamwUpdate,
  hasFusedKernel,
  type OptimiserSlot,
} from "../../src/optimiser/adamw.js";
import { clipToNorm, globalNorm } from "../../src/optimiser/gradients.js";

vi.mock("@dalle-ts/torch", async (original) => {
  const actual = await original<typeof torch>();
  return {
    ...actual,
    hasOperator: vi.fn(actual.hasOperator),
    torchVersion: vi.fn(actual.torchVersion),
  };
});

const settings: AdamWSettings = { beta1: 0.9, beta2: 0.96, epsilon: 1e-8, weightDecay: 0.045 };
const shapes = [[3, 4], [5], [2, 3, 3, 3], [1]];
const steps = 20;
const rateAt = (step: number) => 1e-2 / (1 + step);
const count = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
const gradientAt = (step: number, index: number) =>
  normalArray(count(shapes[index]!), 100 * step + index, 0.3);

/** The algorithm as its paper writes it, one number at a time. */
function reference() {
  return shapes.map((shape, index) => {
    const values = Float64Array.from(normalArray(count(shape), index + 1));
    const mean = new Float64Array(values.length);
    const variance = new Float64Array(values.length);
    for (let step = 1; step <= steps; step++) {
      const gradient = gradientAt(step, index);
      const rate = rateAt(step);
      for (let i = 0; i < values.length; i++) {
        if (shape.length >= 2) values[i]! -= rate * settings.weightDecay * values[i]!;
        mean[i] = settings.beta1 * mean[i]! + (1 - settings.beta1) * gradient[i]!;
        variance[i] = settings.beta2 * variance[i]! + (1 - settings.beta2) * gradient[i]! ** 2;
        const unbiasedMean = mean[i]! / (1 - settings.beta1 ** step);
        const unbiasedVariance = variance[i]! / (1 - settings.beta2 ** step);
        values[i]! -= (rate * unbiasedMean) / (Math.sqrt(unbiasedVariance) + settings.epsilon);
      }
    }
    return { values, mean, variance };
  });
}

function slotsOf(): OptimiserSlot[] {
  return shapes.map((shape, index) => ({
    name: `p${index}`,
    parameter: tensor(normalArray(count(shape), index + 1), shape, "f32"),
    mean: tensor(new Float32Array(count(shape)), shape, "f32"),
    variance: tensor(new Float32Array(count(shape)), shape, "f32"),
  }));
}

/** The same values with the channels last in memory, as convolutions give their gradients. */
function channelsLast(gradient: torch.TorchTensor): torch.TorchTensor {
  if (gradient.shape.length !== 4) return gradient;
  return torch.aten("aten::contiguous", gradient.permute([0, 2, 3, 1])).permute([0, 3, 1, 2]);
}

function run() {
  return tidy(() => {
    const slots = slotsOf();
    for (const { parameter } of slots) torch.requireGradient(parameter);
    for (let step = 1; step <= steps; step++) {
      const gradients = shapes.map((shape, index) =>
        channelsLast(tensor(gradientAt(step, index), shape, "f32")),
      );
      adamwUpdate(settings, slots, gradients, rateAt(step), step);
      for (const [index, gradient] of gradients.entries()) {
        expect(gradient.toArray()).toEqual(gradientAt(step, index)); // read, never written
      }
    }
    return slots.map(({ parameter, mean, variance }) => ({
      values: parameter.toArray() as Float32Array,
      mean: mean.toArray() as Float32Array,
      variance: variance.toArray() as Float32Array,
    }));
  });
}

afterEach(() => {
  vi.mocked(torch.hasOperator).mockReset();
  vi.mocked(torch.torchVersion).mockReset();
});

describe.each(["as this libtorch does it", "composed"])("AdamW %s", (path) => {
  test(`${steps} updates equal double precision (relative error ≤ 1e-6)`, () => {
    if (path === "composed") vi.mocked(torch.hasOperator).mockReturnValue(false);
    const found = run();
    for (const [index, expected] of reference().entries()) {
      for (const part of ["values", "mean", "variance"] as const) {
        expect(relativeError(found[index]![part], expected[part])).toBeLessThanOrEqual(1e-6);
      }
    }
  });

  test("without gradients only parameters of two or more axes shrink", () => {
    if (path === "composed") vi.mocked(torch.hasOperator).mockReturnValue(false);
    tidy(() => {
      const slots = slotsOf();
      const zeros = shapes.map((shape) => tensor(new Float32Array(count(shape)), shape, "f32"));
      adamwUpdate(settings, slots, zeros, 0.1, 1);
      for (const [index, { parameter }] of slots.entries()) {
        const before = normalArray(count(shapes[index]!), index + 1);
        const kept = shapes[index]!.length >= 2 ? 1 - 0.1 * settings.weightDecay : 1;
        const expected = before.map((value) => value * kept);
        expect(relativeError(parameter.toArray() as Float32Array, expected)).toBeLessThan(1e-7);
      }
    });
  });
});

test.each([
  ["1.13.1", false, false],
  ["2.0.0", false, true],
  ["2.3.1+cu121", false, true],
  ["2.4.0", true, true],
  ["2.13.0+cpu", true, true],
  ["3.0.0", true, true],
])("libtorch %s has a fused kernel for the CPU: %s, for CUDA: %s", (version, cpu, cuda) => {
  expect(hasFusedKernel(version, "cpu")).toBe(cpu);
  expect(hasFusedKernel(version, "cuda:0")).toBe(cuda);
});

test("an operator without a kernel for the device is not called", () => {
  vi.mocked(torch.hasOperator).mockReturnValue(true);
  vi.mocked(torch.torchVersion).mockReturnValue("2.2.0");
  const found = run();
  for (const [index, { values }] of reference().entries()) {
    expect(relativeError(found[index]!.values, values)).toBeLessThanOrEqual(1e-6);
  }
});

test("libtorch knows the fused operator from 2.x on", () => {
  const hasIt = torch.hasOperator("aten::_fused_adamw_");
  expect(hasIt).toBe(Number(torch.torchVersion().split(".")[0]) >= 2);
});

describe("gradients", () => {
  const make = () => [
    tensor(Float32Array.of(3, 0, 0, 4), [2, 2], "f32"),
    tensor(Float32Array.of(12), [1], "f32"),
  ];

  test("the global norm is the root of all squares", () => {
    tidy(() => expect(globalNorm(make())).toBeCloseTo(13, 5));
  });

  test("longer gradients are scaled to the limit together, shorter ones left alone", () => {
    tidy(() => {
      const long = make();
      clipToNorm(long, globalNorm(long), 6.5);
      expect([...long[0]!.toArray()]).toEqual([1.5, 0, 0, 2]);
      expect([...long[1]!.toArray()]).toEqual([6]);
      const short = make();
      clipToNorm(short, globalNorm(short), 26);
      expect([...short[0]!.toArray()]).toEqual([3, 0, 0, 4]);
    });
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])("%d anywhere shows in the norm", (value) => {
    tidy(() => {
      const bad = tensor(Float32Array.of(1, value), [2], "f32");
      expect(Number.isFinite(globalNorm([...make(), bad]))).toBe(false);
    });
  });
});
