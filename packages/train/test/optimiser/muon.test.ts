/** @file Muon: what its iteration does to singular values, and which parameters it updates by how much. */
import { aten, atenAll, type TorchTensor, tensor, tidy } from "@dalle-ts/torch";
import { expect, test } from "vitest";
import { normalArray, relativeError } from "../../../models/test/tiny.js";
import type { OptimiserSlot } from "../../src/optimiser/adamw.js";
import { muonUpdate, orthogonalised } from "../../src/optimiser/muon.js";
import { updateParameters } from "../../src/optimiser/update.js";

const matrix = (rows: number, columns: number, seed: number) =>
  tensor(normalArray(rows * columns, seed), [rows, columns], "f32");
const values = (x: TorchTensor) => x.cast("f32").toArray() as Float32Array;
const singularValues = (x: TorchTensor) => atenAll("aten::linalg_svd", x.cast("f32"), false)[1]!;

test.each([
  [24, 8],
  [8, 24],
  [16, 16],
])("%d × %d: all singular values come near 1, and the singular vectors stay", (rows, columns) => {
  tidy(() => {
    const x = matrix(rows, columns, 3);
    const y = orthogonalised(x.reshape([1, rows, columns])).reshape([rows, columns]);
    for (const value of values(singularValues(y))) {
      expect(value).toBeGreaterThan(0.6);
      expect(value).toBeLessThan(1.3);
    }
    const [u, , v] = atenAll("aten::linalg_svd", x, false) as [
      TorchTensor,
      TorchTensor,
      TorchTensor,
    ];
    const inside = u
      .permute([1, 0])
      .matmul(y.cast("f32"))
      .matmul(v.permute([1, 0])); // diagonal
    const diagonal = aten("aten::diag_embed", aten("aten::diagonal", inside));
    expect(relativeError(values(diagonal), values(inside))).toBeLessThan(0.06); // bf16
  });
});

const slotOf = (name: string, rows: number, columns: number, seed: number): OptimiserSlot => ({
  name,
  parameter: matrix(rows, columns, seed),
  mean: tensor(new Float32Array(rows * columns), [rows, columns], "f32"),
  variance: tensor(new Float32Array(rows * columns), [rows, columns], "f32"),
});

test("a step is the orthogonalised momentum, as long as one of AdamW's, after the decay", () => {
  tidy(() => {
    const slot = slotOf("layers.0.attention.query_key_value.weight", 12, 4, 1);
    const before = values(slot.parameter);
    const gradient = matrix(12, 4, 2);
    muonUpdate({ momentum: 0.9, weightDecay: 0.5 }, [slot], [gradient], 0.1);
    // The first momentum is a tenth of the gradient, and points where it does: three matrices lie in one.
    const step = values(orthogonalised(gradient.reshape([3, 4, 4])));
    const expected = before.map((value, i) => value * 0.95 - 0.1 * 0.2 * 2 * step[i]!);
    expect(relativeError(values(slot.parameter), expected)).toBeLessThan(2e-3); // bf16
    expect(
      relativeError(
        values(slot.mean),
        values(gradient).map((g) => 0.1 * g),
      ),
    ).toBeLessThan(1e-6);
  });
});

test("a step looks ahead of its momentum, as Nesterov's do", () => {
  tidy(() => {
    const slot = slotOf("layers.0.attention.output.weight", 6, 4, 1);
    const [first, second] = [matrix(6, 4, 2), matrix(6, 4, 3)];
    const settings = { momentum: 0.9, weightDecay: 0 };
    muonUpdate(settings, [slot], [first], 0);
    const before = values(slot.parameter);
    muonUpdate(settings, [slot], [second], 1);
    const momentum = first.mul(0.9 * 0.1).add(second.mul(0.1));
    const directionOf = (x: TorchTensor) =>
      values(orthogonalised(x.reshape([1, 6, 4]))).map((value) => value * 0.2 * Math.sqrt(6));
    const taken = before.map((value, i) => value - values(slot.parameter)[i]!);
    const ahead = directionOf(momentum.mul(0.9).add(second.mul(0.1)));
    expect(relativeError(taken, ahead)).toBeLessThan(0.02); // bf16
    expect(relativeError(directionOf(momentum), ahead)).toBeGreaterThan(0.1);
  });
});

test("matrices of residual blocks are Muon's, tables and heads AdamW's; without a momentum all are AdamW's", () => {
  const settings = { beta1: 0.9, beta2: 0.96, epsilon: 1e-8, weightDecay: 0 };
  const names = ["layers.0.feed_forward.expand.weight", "text.layers.11.attention.output.weight"];
  const tables = ["text.embedding", "image.head.weight"];
  const touched = (momentum?: number) =>
    tidy(() => {
      const slots = [...names, ...tables].map((name, seed) => slotOf(name, 4, 4, seed));
      const gradients = slots.map((_, seed) => matrix(4, 4, 10 + seed));
      updateParameters(momentum ? { ...settings, momentum } : settings, slots, gradients, 0.1, 1);
      return slots.filter(({ variance }) => values(variance).some(Boolean)).map(({ name }) => name);
    });
  expect(touched(0.95)).toEqual(tables);
  expect(touched()).toEqual([...names, ...tables]);
});
