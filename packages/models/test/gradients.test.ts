/**
 * @file Gradients of what the models are built from, against central finite differences of every input number.
 * Error: L2 norm of the difference over that of the differences quotient; fp32 with a step of 1/64 allows 1e-3.
 */
import {
  gradients,
  noGradient,
  requireGradient,
  type TorchTensor,
  tensor,
  tidy,
} from "@dalle-ts/torch";
import { describe, expect, test } from "vitest";
import { gumbelSoftmax, klToUniform, logitLaplaceLoss, maskKinds } from "../src/index.js";
import { blockAttention } from "../src/transformer/block-attention.js";
import { normalArray, relativeError, tinyTransformer } from "./tiny.js";

const step = 1 / 64;
const largestError = 1e-3;

interface Input {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

const count = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
let seed = 0;
const smooth = (...shape: number[]): Input => ({ data: normalArray(count(shape), ++seed), shape });
/** Numbers in (0.5, 1.5). */
const positive = (...shape: number[]): Input => {
  const { data } = smooth(...shape);
  return { data: data.map((value) => 0.5 + 1 / (1 + Math.exp(-value))), shape };
};
/** Numbers that differ from each other, and from 0, by more than two steps: nothing changes places within a step. */
const apart = (...shape: number[]): Input => {
  const length = count(shape);
  const data = Float32Array.from({ length }, (_, index) => {
    const rank = (index * 7 + 3) % length;
    return (rank - length / 2 + 0.5) * 0.1;
  });
  return { data, shape };
};

type Apply = (...inputs: TorchTensor[]) => TorchTensor;

function check(inputs: readonly Input[], apply: Apply): void {
  const tensors = (of: readonly Input[]) => of.map(({ data, shape }) => tensor(data, shape, "f32"));
  /** The result's numbers under fixed weights, summed in double precision. */
  const weigh = (of: readonly Input[]) => {
    const out = noGradient(() => tidy(() => apply(...tensors(of)).toArray() as Float32Array));
    const weights = normalArray(out.length, 77);
    return out.reduce((sum, value, index) => sum + value * weights[index]!, 0);
  };
  const exact = tidy(() => {
    const leaves = tensors(inputs).map(requireGradient);
    const out = apply(...leaves);
    const weights = tensor(normalArray(count(out.shape), 77), out.shape, "f32");
    const total = out.mul(weights).sum([...out.shape.keys()]);
    return gradients(total, leaves).map((gradient) => gradient!.toArray() as Float32Array);
  });
  for (const [index, input] of inputs.entries()) {
    const quotients = input.data.map((value, at) => {
      const moved = (by: number) =>
        weigh(inputs.with(index, { ...input, data: input.data.with(at, value + by) }));
      return (moved(step) - moved(-step)) / (2 * step);
    });
    expect(relativeError(exact[index]!, quotients)).toBeLessThanOrEqual(largestError);
  }
}

describe("operators", () => {
  const cases: [string, Input[], Apply][] = [
    ["add, broadcast", [smooth(2, 3), smooth(3)], (a, b) => a!.add(b!)],
    ["sub", [smooth(2, 3), smooth(2, 1)], (a, b) => a!.sub(b!)],
    ["mul, broadcast", [smooth(2, 3), smooth(1, 3)], (a, b) => a!.mul(b!)],
    ["div", [smooth(2, 3), positive(2, 3)], (a, b) => a!.div(b!)],
    ["with numbers", [smooth(5)], (a) => a!.add(2).mul(3).sub(1).div(4)],
    ["exp", [smooth(5)], (a) => a!.exp()],
    ["log", [positive(5)], (a) => a!.log()],
    ["sqrt", [positive(5)], (a) => a!.sqrt()],
    ["tanh", [smooth(5)], (a) => a!.tanh()],
    ["sigmoid", [smooth(5)], (a) => a!.sigmoid()],
    ["quickGelu", [smooth(20)], (a) => a!.quickGelu()],
    ["relu", [apart(10)], (a) => a!.relu()],
    ["abs", [apart(10)], (a) => a!.abs()],
    ["maximum of a number", [apart(10)], (a) => a!.maximum(0.2)],
    [
      "maximum of a tensor",
      [apart(10), { data: new Float32Array(10), shape: [10] }],
      (a, b) => a!.maximum(b!),
    ],
    [
      "choose",
      [smooth(6), smooth(6)],
      (a, b) => tensor(Uint8Array.of(1, 0, 0, 1, 1, 0), [6], "bool").choose(a!, b!),
    ],
    ["matmul", [smooth(2, 3, 4), smooth(2, 4, 2)], (a, b) => a!.matmul(b!)],
    [
      "matmul with transposeOther",
      [smooth(2, 3, 4), smooth(2, 5, 4)],
      (a, b) => a!.matmul(b!, { transposeOther: true }),
    ],
    ["matmul, broadcast", [smooth(2, 3, 4), smooth(4, 2)], (a, b) => a!.matmul(b!)],
    ["linear", [smooth(2, 3, 4), smooth(5, 4), smooth(5)], (x, w, b) => x!.linear(w!, b)],
    ["linear without bias", [smooth(3, 4), smooth(5, 4)], (x, w) => x!.linear(w!)],
    [
      "conv2d 3 × 3",
      [smooth(2, 3, 4, 4), smooth(2, 3, 3, 3), smooth(2)],
      (x, w, b) => x!.conv2d(w!, b!),
    ],
    [
      "conv2d 1 × 1",
      [smooth(2, 3, 3, 3), smooth(4, 3, 1, 1), smooth(4)],
      (x, w, b) => x!.conv2d(w!, b!),
    ],
    [
      "conv2d 7 × 7 on less than the kernel",
      [smooth(1, 1, 4, 4), smooth(1, 1, 7, 7), smooth(1)],
      (x, w, b) => x!.conv2d(w!, b!),
    ],
    ["maxPool2d", [apart(2, 2, 4, 4)], (x) => x!.maxPool2d(2)],
    ["upsampleNearest2d", [smooth(2, 2, 2, 3)], (x) => x!.upsampleNearest2d(2)],
    ["layerNorm", [smooth(3, 6), smooth(6), smooth(6)], (x, w, b) => x!.layerNorm(w!, b!, 1e-5)],
    ["softmax", [smooth(3, 5)], (x) => x!.softmax(-1)],
    ["softmax of another axis", [smooth(3, 5)], (x) => x!.softmax(0)],
    ["logSoftmax", [smooth(3, 5)], (x) => x!.logSoftmax(-1)],
    [
      "lookup, rows used twice and never",
      [smooth(4, 3)],
      (table) => table!.lookup(tensor(BigInt64Array.of(2n, 0n, 2n), [3], "i64")),
    ],
    ["reshape and permute", [smooth(2, 3, 4)], (x) => x!.permute([2, 0, 1]).reshape([4, 6])],
    ["slice", [smooth(3, 5)], (x) => x!.slice(1, 1, 4)],
    [
      "split, one part unused",
      [smooth(3, 5)],
      (x) => {
        const [first, , third] = x!.split(1, [2, 1, 2]);
        return first!.mul(third!);
      },
    ],
    ["concat", [smooth(2, 3), smooth(2, 1), smooth(2, 2)], (a, b, c) => a!.concat([b!, c!], 1)],
    ["expand", [smooth(2, 1, 3)], (x) => x!.expand([2, 4, 3])],
    ["sum and mean", [smooth(2, 3, 4)], (x) => x!.sum([1], true).add(x!.mean([1], true))],
  ];

  test.each(cases)("%s", (_, inputs, apply) => check(inputs, apply));
});

describe("what the models compose", () => {
  test.each([1, 0.5])("gumbelSoftmax at temperature %d", (temperature) => {
    const uniform = positive(2, 5).data.map((value) => value - 0.45);
    check([smooth(2, 5)], (x) => gumbelSoftmax(x!, tensor(uniform, [2, 5], "f32"), temperature));
  });

  test("logitLaplaceLoss, above its floor", () => {
    const pixels = positive(2, 2, 2, 2).data.map((value) => value * 0.6);
    // Means at least one step from logit x, where |·| has its kink.
    const decoded = Float32Array.from({ length: 32 }, (_, index) => {
      const inPicture = index % 16;
      if (inPicture >= 8) return 0.3 * Math.sin(index);
      const x = pixels[Math.floor(index / 16) * 8 + inPicture]!;
      return Math.log(x / (1 - x)) + (index % 2 ? 0.4 : -0.7);
    });
    check([{ data: decoded, shape: [2, 4, 2, 2] }], (x) =>
      logitLaplaceLoss(x!, tensor(pixels, [2, 2, 2, 2], "f32"), -2),
    );
  });

  test("klToUniform", () => check([smooth(2, 2, 2, 5)], (x) => klToUniform(x!)));

  test.each(maskKinds)("blockAttention, %s", (kind) => {
    const config = { ...tinyTransformer, gridRows: 3, gridColumns: 4, convolutionKernel: 3 };
    const image = () => smooth(1, 2, 12, 2);
    const text = () => smooth(1, 2, 3, 2);
    check([image(), image(), image(), text(), text()], (query, key, value, textKey, textValue) =>
      blockAttention(
        config,
        kind,
        { query: query!, key: key!, value: value! },
        { key: textKey!, value: textValue! },
      ),
    );
  });
});
