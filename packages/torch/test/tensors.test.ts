/** @file Tensors from and to typed arrays, by element type. */
import { DalleError, type DType, type HostArray } from "@dalle-ts/tensor";
import { describe, expect, test } from "vitest";
import { aten, scalarTypes, type TorchTensor, tensor, tidy } from "../src/index.js";

const half = { one: 0x3c00, minusTwo: 0xc000, infinity: 0x7c00, smallest: 0x0001 };
const brain = { one: 0x3f80, minusTwo: 0xc000, nan: 0x7fc0, third: 0x3eab };

const samples: Record<DType, HostArray> = {
  f32: Float32Array.of(0, -0, 1.5, -3.25e38, 1e-45, Number.POSITIVE_INFINITY),
  bf16: Uint16Array.from(Object.values(brain).concat([0, 0x8000])),
  f16: Uint16Array.from(Object.values(half).concat([0, 0x8000])),
  i64: BigInt64Array.of(0n, -1n, 2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n + 1n, 7n),
  i32: Int32Array.of(0, -1, 2 ** 31 - 1, -(2 ** 31), 65_536, 7),
  u8: Uint8Array.of(0, 1, 127, 128, 255, 7),
  bool: Uint8Array.of(0, 1, 1, 0, 1, 0),
};
const dtypes = Object.keys(samples) as DType[];

const empty = (like: HostArray): HostArray => like.slice(0, 0);
const numbers = (x: TorchTensor) => Array.from(x.toArray(), Number);

describe.each(dtypes)("%s", (dtype) => {
  const data = samples[dtype];

  test.each([[[6]], [[2, 3]], [[3, 1, 2]], [[1, 6, 1, 1]]])(
    "comes back as it went, shape %j",
    (shape) => {
      tidy(() => {
        const there = tensor(data, shape, dtype);
        expect(there.shape).toEqual(shape);
        expect(there.dtype).toBe(dtype);
        expect(there.device).toBe("cpu");
        expect(there.toArray()).toEqual(data);
      });
    },
  );

  test.each([[[0]], [[2, 0, 3]]])("holds nothing in shape %j", (shape) => {
    tidy(() => {
      const nothing = tensor(empty(data), shape, dtype);
      expect(nothing.shape).toEqual(shape);
      expect(nothing.toArray()).toEqual(empty(data));
    });
  });

  test("is a scalar in shape []", () => {
    tidy(() => {
      const scalar = tensor(data.slice(1, 2), [], dtype);
      expect(scalar.shape).toEqual([]);
      expect(scalar.toArray()).toEqual(data.slice(1, 2));
    });
  });

  test("of a part of a larger buffer takes just that part, and keeps its own copy", () => {
    tidy(() => {
      const part = data.slice().subarray(2, 5);
      const copy = part.slice();
      const there = tensor(part, [3], dtype);
      part.fill((dtype === "i64" ? 1n : 1) as never);
      expect(there.toArray()).toEqual(copy);
    });
  });

  test("that is not contiguous is read in row-major order", () => {
    tidy(() => {
      const turned = tensor(data, [2, 3], dtype).permute([1, 0]);
      const at = (index: number) => data[(index % 2) * 3 + Math.floor(index / 2)]!;
      expect([...turned.toArray()]).toEqual(Array.from({ length: 6 }, (_, index) => at(index)));
    });
  });
});

describe("values", () => {
  test("16-bit patterns stand for the numbers they should", () => {
    tidy(() => {
      const value = (dtype: "f16" | "bf16", bits: number) =>
        tensor(Uint16Array.of(bits), [], dtype).item();
      expect(value("f16", half.one)).toBe(1);
      expect(value("f16", half.minusTwo)).toBe(-2);
      expect(value("f16", half.infinity)).toBe(Number.POSITIVE_INFINITY);
      expect(value("f16", half.smallest)).toBe(2 ** -24);
      expect(value("bf16", brain.one)).toBe(1);
      expect(value("bf16", brain.minusTwo)).toBe(-2);
      expect(value("bf16", brain.nan)).toBeNaN();
      expect(value("bf16", brain.third)).toBeCloseTo(1 / 3, 2);
    });
  });

  test.each<[DType, number[]]>([
    ["f32", [-2, 0, 1, 300]],
    ["bf16", [-2, 0, 1, 300]],
    ["f16", [-2, 0, 1, 300]],
    ["i64", [-2, 0, 1, 300]],
    ["i32", [-2, 0, 1, 300]],
    ["bool", [1, 0, 1, 1]],
  ])("cast to %s", (dtype, expected) => {
    tidy(() => {
      const from = tensor(Float32Array.of(-2, 0, 1, 300), [4], "f32").cast(dtype);
      expect(from.dtype).toBe(dtype);
      expect(numbers(from.cast("f32"))).toEqual(expected);
    });
  });

  test("item reads one element of any shape and refuses more", () => {
    tidy(() => {
      expect(tensor(Int32Array.of(7), [1, 1], "i32").item()).toBe(7);
      expect(tensor(Uint8Array.of(1), [], "bool").item()).toBe(1);
      expect(() => tensor(new Float32Array(2), [2], "f32").item()).toThrow(
        /^item: expected one element, got shape \[2\]/,
      );
    });
  });

  test("constants take the engine's side of the tensor they are asked of", () => {
    tidy(() => {
      const one = tensor(Float32Array.of(1), [], "f32");
      expect(numbers(one.constant(Int32Array.of(3, 4), [2], "i32"))).toEqual([3, 4]);
    });
  });
});

describe("refused", () => {
  test.each<[string, HostArray, number[], DType, RegExp]>([
    ["too few values", new Float32Array(5), [2, 3], "f32", /f32 \[2, 3\] needs .* 6 .* 5/],
    ["too many values", new Float32Array(2), [], "f32", /f32 \[\] needs .* 1 .* 2/],
    [
      "another array type",
      new Float32Array(2),
      [2],
      "i64",
      /i64 \[2\] needs a BigInt64Array .* Float32Array/,
    ],
    [
      "another array type of the same width",
      new Float32Array(2),
      [2],
      "i32",
      /needs a Int32Array .* Float32Array/,
    ],
  ])("%s", (_, data, shape, dtype, message) => {
    expect(() => tensor(data, shape, dtype)).toThrow(message);
    expect(() => tensor(data, shape, dtype)).toThrow(
      expect.objectContaining({ code: "bad_shape" }),
    );
  });

  test.each([[[-1]], [[1.5]], [[Number.NaN]]])("shape %j", (shape) => {
    expect(() => tensor(new Float32Array(1), shape, "f32")).toThrow(DalleError);
  });

  test("an element type that has no name here says what to do", () => {
    tidy(() => {
      const double = aten("aten::to.dtype", tensor(Float32Array.of(1), [1], "f32"), 7);
      expect(() => double.dtype).toThrow(/scalar type 7, which has no name here; cast it/);
      expect(double.item()).toBe(1);
    });
  });

  test.each(["cuda", "cuda:7", "tpu", ""])("the device %j, as a typed error", (device) => {
    expect(() => tensor(new Float32Array(1), [1], "f32", device)).toThrow(
      expect.objectContaining({ code: "native" }),
    );
    tidy(() => {
      const here = tensor(new Float32Array(1), [1], "f32");
      expect(() => here.to(device)).toThrow(expect.objectContaining({ code: "native" }));
    });
  });
});

test("scalar types are libtorch's", () => {
  expect(scalarTypes).toEqual({ u8: 0, i32: 3, i64: 4, f16: 5, f32: 6, bool: 11, bf16: 15 });
});
