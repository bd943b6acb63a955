import { describe, expect, test } from "vitest";
import {
  aten,
  gradients,
  noGradient,
  requireGradient,
  type TorchTensor,
  tensor,
  tidy,
} from "../src/index.js";

const leaf = (...values: number[]) =>
  requireGradient(tensor(Float32Array.from(values), [values.length], "f32"));
const numbers = (x: TorchTensor | undefined) => x && Array.from(x.toArray(), Number);

describe("gradients", () => {
  test("come for each input, undefined where the scalar does not depend on it", () => {
    tidy(() => {
      const [x, y, other] = [leaf(1, 2), leaf(3, 4), leaf(5)];
      const found = gradients(x.mul(y).sum([0]), [x, y, other]);
      expect(found.map(numbers)).toEqual([[3, 4], [1, 2], undefined]);
    });
  });

  test("of inner results, too", () => {
    tidy(() => {
      const x = leaf(1, 2);
      const inner = x.mul(3);
      expect(gradients(inner.mul(inner).sum([0]), [inner]).map(numbers)).toEqual([[6, 12]]);
    });
  });

  test("free the record: asking again is an error", () => {
    tidy(() => {
      const x = leaf(1, 2);
      const total = x.mul(x).sum([0]);
      gradients(total, [x]);
      expect(() => gradients(total, [x])).toThrow(/^gradients: .*second time/s);
    });
  });

  test("of more than one number, or of what needs no gradient, is a typed error", () => {
    tidy(() => {
      const x = leaf(1, 2);
      for (const wrong of [x.mul(2), tensor(Float32Array.of(1), [], "f32")]) {
        expect(() => gradients(wrong, [x])).toThrow(expect.objectContaining({ code: "native" }));
        expect(() => gradients(wrong, [x])).toThrow(/^gradients: /);
      }
    });
  });

  test("of whole numbers are refused", () => {
    const ids = tensor(BigInt64Array.of(1n), [1], "i64");
    expect(() => requireGradient(ids)).toThrow(expect.objectContaining({ code: "native" }));
    ids.dispose();
  });
});

describe("noGradient", () => {
  const isRecorded = (x: TorchTensor) => {
    try {
      gradients(x.sum([0]), [x]);
      return true;
    } catch {
      return false;
    }
  };

  test("records nothing inside, and goes back to what was before, even after a throw", () => {
    tidy(() => {
      const x = leaf(1, 2);
      const inside = noGradient(() => {
        noGradient(() => {}); // the inner end must not switch recording on
        return x.mul(2);
      });
      expect(() => gradients(inside.sum([0]), [x])).toThrow(/^gradients: /);
      expect(() =>
        noGradient(() => {
          throw new Error("inside");
        }),
      ).toThrow("inside");
      expect(isRecorded(x)).toBe(true);
    });
  });

  test("lets a leaf be changed in place, which is refused outside", () => {
    tidy(() => {
      const x = leaf(1, 2);
      expect(() => aten("aten::mul_.Scalar", x, 3)).toThrow(/^aten::mul_\.Scalar: .*leaf/s);
      noGradient(() => aten("aten::mul_.Scalar", x, 3));
      expect(numbers(x)).toEqual([3, 6]);
    });
  });
});
