/** @file Any ATen operator by name: overloads, defaults, lists, options, several results, and what goes wrong. */
import { describe, expect, test } from "vitest";
import {
  aten,
  atenAll,
  atenNumber,
  hasOperator,
  liveTensorCount,
  scalarTypes,
  type TorchTensor,
  tensor,
  tidy,
  torchVersion,
} from "../src/index.js";

const floats = (values: number[], shape = [values.length]) =>
  tensor(Float32Array.from(values), shape, "f32");
const ids = (values: number[]) =>
  tensor(BigInt64Array.from(values, BigInt), [values.length], "i64");
const numbers = (x: TorchTensor) => Array.from(x.toArray(), Number);

describe("a call", () => {
  test("by name and overload", () => {
    tidy(() => {
      const x = floats([1, -2, 3, 4], [2, 2]);
      expect(numbers(aten("aten::add.Tensor", x, x))).toEqual([2, -4, 6, 8]);
      expect(numbers(aten("aten::add.Scalar", x, 1))).toEqual([2, -1, 4, 5]);
      expect(aten("aten::max", x).item()).toBe(4);
      expect(numbers(aten("aten::maximum", x, floats([0, 0, 0, 9], [2, 2])))).toEqual([1, 0, 3, 9]);
    });
  });

  test("leaves out arguments that have defaults, by position or as undefined", () => {
    tidy(() => {
      const [x, y] = [floats([1, 2]), floats([10, 20])];
      expect(numbers(aten("aten::add.Tensor", x, y, 3))).toEqual([31, 62]); // alpha
      expect(numbers(aten("aten::add.Tensor", x, y, undefined))).toEqual([11, 22]);
      expect(aten("aten::std", x).item()).toBeCloseTo(Math.SQRT1_2, 6); // unbiased by default
      expect(aten("aten::std", x, false).item()).toBeCloseTo(0.5, 6);
    });
  });

  test("takes lists of numbers, of tensors and of optional tensors, and one number for a list", () => {
    tidy(() => {
      const x = floats([1, 2, 3, 4, 5, 6], [2, 3]);
      expect(numbers(aten("aten::sum.dim_IntList", x, [0, 1]))).toEqual([21]);
      expect(numbers(aten("aten::sum.dim_IntList", x, 1))).toEqual([6, 15]);
      expect(aten("aten::cat", [x, x, x], 1).shape).toEqual([2, 9]);
      expect(numbers(aten("aten::index.Tensor", x, [undefined, ids([2, 0])]))).toEqual([
        3, 1, 6, 4,
      ]);
      expect(aten("aten::reshape", x, [3, -1]).shape).toEqual([3, 2]);
      expect(aten("aten::permute", floats([1]).reshape([]), []).shape).toEqual([]);
    });
  });

  test("takes optional arguments as undefined or null", () => {
    tidy(() => {
      const [x, weight] = [floats([1, 2], [1, 2]), floats([1, 1, 0, 2], [2, 2])];
      expect(numbers(aten("aten::linear", x, weight, floats([10, 20])))).toEqual([13, 24]);
      expect(numbers(aten("aten::linear", x, weight, undefined))).toEqual([3, 4]);
      expect(numbers(aten("aten::linear", x, weight, null))).toEqual([3, 4]);
      expect(numbers(aten("aten::clamp", x, undefined, 1.5))).toEqual([1, 1.5]);
    });
  });

  test("takes numbers whole, fractional and negative, booleans, strings and bigints", () => {
    tidy(() => {
      const x = floats([1, 2, 3]);
      expect(numbers(aten("aten::mul.Scalar", x, 0.5))).toEqual([0.5, 1, 1.5]);
      expect(numbers(aten("aten::mul.Scalar", x, -2))).toEqual([-2, -4, -6]);
      expect(numbers(aten("aten::sum.dim_IntList", x, [0], true))).toEqual([6]);
      expect(numbers(aten("aten::div.Tensor_mode", x, floats([2, 2, 2]), "floor"))).toEqual([
        0, 1, 1,
      ]);
      const large = tensor(BigInt64Array.of(1n), [1], "i64");
      expect(aten("aten::add.Scalar", large, 2n ** 60n).toArray()).toEqual(
        BigInt64Array.of(2n ** 60n + 1n),
      );
    });
  });

  test("a whole number leaves integers integers, a fraction makes floats", () => {
    tidy(() => {
      expect(aten("aten::mul.Scalar", ids([3]), 2).dtype).toBe("i64");
      expect(aten("aten::mul.Scalar", ids([3]), 2.5).dtype).toBe("f32");
    });
  });

  test("returns several tensors, or a number", () => {
    tidy(() => {
      const x = floats([5, 1, 7, 2], [2, 2]);
      const [values, indices] = atenAll("aten::max.dim", x, 1);
      expect([numbers(values!), numbers(indices!)]).toEqual([
        [5, 7],
        [0, 0],
      ]);
      expect(atenAll("aten::split.Tensor", x, 1, 0).map(numbers)).toEqual([
        [5, 1],
        [7, 2],
      ]);
      expect(atenNumber("aten::item", x.slice(0, 0, 1).slice(1, 0, 1))).toBe(5);
      expect(atenNumber("aten::equal", x, x)).toBe(1);
      expect(atenNumber("aten::size.int", x, 1)).toBe(2);
    });
  });

  test("makes tensors from nothing", () => {
    tidy(() => {
      const made = aten("aten::full", [2, 2], 3, scalarTypes.i32, undefined, "cpu");
      expect(made.dtype).toBe("i32");
      expect(numbers(made)).toEqual([3, 3, 3, 3]);
      expect(numbers(aten("aten::arange", 4, scalarTypes.f32))).toEqual([0, 1, 2, 3]);
    });
  });
});

describe("an operator", () => {
  test("is known or not", () => {
    expect(hasOperator("aten::matmul")).toBe(true);
    expect(hasOperator("aten::sum.dim_IntList")).toBe(true);
    expect(hasOperator("aten::matmul.nonsense")).toBe(false);
    expect(hasOperator("aten::no_such_operator")).toBe(false);
  });

  test("that is not known is refused with libtorch's version", () => {
    expect(() => aten("aten::no_such_operator")).toThrow(
      expect.objectContaining({
        code: "native",
        message: `libtorch ${torchVersion()} has no operator aten::no_such_operator; check the name and overload, or use a newer libtorch.`,
      }),
    );
  });
});

test("results that are not all tensors are refused, and nothing is left behind", () => {
  const before = liveTensorCount();
  tidy(() => {
    const x = floats([1, 2, 3, 5], [2, 2]);
    const [, mean, deviation] = atenAll("aten::native_layer_norm", x, [2], null, null, 1e-5);
    const slopes = (...wanted: boolean[]) =>
      atenAll(
        "aten::native_layer_norm_backward",
        ...[x, x, [2], mean, deviation, floats([1, 1]), floats([0, 0]), wanted],
      );
    expect(slopes(true, true, true)).toHaveLength(3);
    expect(() => slopes(true, false, true)).toThrow(
      /^aten::native_layer_norm_backward: 1 of its 3 results are no tensors; ask for all of them/,
    );
    expect(() => aten("aten::max.dim", x, 1)).toThrow(/^aten::max\.dim: .* call it with atenAll/);
    expect(() => aten("aten::size.int", x, 1)).toThrow(/its result is not one tensor/);
  });
  expect(liveTensorCount() - before).toBeLessThanOrEqual(2); // max's two belong to the collector
});

describe("a failure is DalleError(native) that begins with the operator's name:", () => {
  const cases: [string, RegExp, (x: TorchTensor) => unknown][] = [
    [
      "shapes that do not fit",
      /^aten::matmul: .*size/s,
      (x) => aten("aten::matmul", x, floats([1, 2, 3])),
    ],
    ["too many arguments", /^aten::relu: too many arguments/, (x) => aten("aten::relu", x, 1, 2)],
    [
      "a missing tensor",
      /^aten::matmul: argument "other": expected a tensor/,
      (x) => aten("aten::matmul", x),
    ],
    [
      "a number for a tensor",
      /^aten::relu: argument "self": expected a tensor/,
      () => aten("aten::relu", 3),
    ],
    [
      "an array for a tensor",
      /^aten::relu: argument "self": expected a tensor/,
      () => aten("aten::relu", [1]),
    ],
    [
      "a string for a number",
      /^aten::add\.Scalar: argument "other": expected a number/,
      (x) => aten("aten::add.Scalar", x, "1"),
    ],
    [
      "a string for an integer",
      /^aten::softmax\.int: argument "dim": expected an integer/,
      (x) => aten("aten::softmax.int", x, "1"),
    ],
    [
      "a fraction for an integer",
      /^aten::softmax\.int: argument "dim": expected an integer, got 0\.5/,
      (x) => aten("aten::softmax.int", x, 0.5),
    ],
    [
      "NaN for an integer",
      /^aten::softmax\.int: argument "dim": expected an integer, got NaN/,
      (x) => aten("aten::softmax.int", x, Number.NaN),
    ],
    [
      "a fraction in a list",
      /^aten::sum\.dim_IntList: argument "dim": expected an integer, got 1\.5/,
      (x) => aten("aten::sum.dim_IntList", x, [1.5]),
    ],
    [
      "a tensor for a number",
      /^aten::add\.Scalar: argument "other": expected a number/,
      (x) => aten("aten::add.Scalar", x, x),
    ],
    [
      "a number for a string",
      /^aten::div\.Tensor_mode: argument "rounding_mode": expected a string/,
      (x) => aten("aten::div.Tensor_mode", x, x, 3),
    ],
    [
      "a tensor for a boolean",
      /^aten::sum\.dim_IntList: argument "keepdim": expected a boolean/,
      (x) => aten("aten::sum.dim_IntList", x, [0], x),
    ],
    [
      "a device that does not exist",
      /^aten::to\.device: .*(moon|device)/s,
      (x) => aten("aten::to.device", x, "moon", scalarTypes.f32),
    ],
    [
      "an axis that does not exist",
      /^aten::softmax\.int: .*Dimension out of range/s,
      (x) => aten("aten::softmax.int", x, 5),
    ],
  ];

  test.each(cases)("%s", (_, message, call) => {
    tidy(() => {
      const x = floats([1, 2, 3, 4], [2, 2]);
      expect(() => call(x)).toThrow(
        expect.objectContaining({ name: "DalleError", code: "native" }),
      );
      expect(() => call(x)).toThrow(message);
      expect(numbers(x)).toEqual([1, 2, 3, 4]); // libtorch goes on working
    });
  });

  test("of a method of the tensor", () => {
    tidy(() => {
      const x = floats([1, 2, 3, 4], [2, 2]);
      expect(() => x.add(floats([1, 2, 3]))).toThrow(/^aten::add\.Tensor: .*size of tensor/s);
      expect(() => x.reshape([3])).toThrow(/^aten::reshape: /);
      expect(() => x.slice(0, 1, 3)).toThrow(/^aten::narrow: /);
    });
  });

  test("names no line of C++", () => {
    tidy(() => {
      const x = floats([1, 2]);
      expect(() => x.reshape([3])).toThrow(/^(?!.*(frame #|\.cpp)).*$/s);
    });
  });
});
