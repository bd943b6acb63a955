/**
 * @file Muon (Jordan et al. 2024): the step is a weight matrix's momentum, orthogonalised: all singular values near 1,
 * so that directions in which gradients are small are learnt as fast as the others. Steps are as long as AdamW's
 * (Liu et al. 2025, § 2.2), so both share one step size and one weight decay.
 */
import { aten, atenAll, noGradient, type TorchTensor, tidy } from "@dalle-ts/torch";
import type { OptimiserSlot } from "./adamw.js";

export interface MuonSettings {
  /** Share of the mean gradient that an update keeps, in [0, 1). */
  readonly momentum: number;
  readonly weightDecay: number;
}

/** Root mean square of AdamW's steps, as Liu et al. measured it. */
const STEP_SIZE = 0.2;

/** One update of matrices [O, I], in place. `variance` is not used. */
export function muonUpdate(
  { momentum, weightDecay }: MuonSettings,
  slots: readonly OptimiserSlot[],
  gradients: readonly TorchTensor[],
  learningRate: number,
): void {
  noGradient(() =>
    tidy(() => {
      for (const alike of groupedByShape(slots)) {
        const steps = alike.map((index) => {
          const { mean, parameter } = slots[index]!;
          aten("aten::lerp_.Scalar", mean, gradients[index], 1 - momentum);
          const ahead = aten("aten::lerp.Scalar", gradients[index], mean, momentum); // Nesterov's
          return ahead.reshape(matricesOf(slots[index]!.name, parameter));
        });
        const orthogonal = orthogonalised(steps[0]!.concat(steps.slice(1), 0)).cast("f32");
        const [, rows, columns] = orthogonal.shape as [number, number, number];
        const length = learningRate * STEP_SIZE * Math.sqrt(Math.max(rows, columns));
        const each = atenAll("aten::chunk", orthogonal, alike.length, 0);
        for (const [position, index] of alike.entries()) {
          const { parameter } = slots[index]!;
          aten("aten::mul_.Scalar", parameter, 1 - learningRate * weightDecay);
          aten("aten::add_.Tensor", parameter, each[position]!.reshape(parameter.shape), -length);
        }
      }
    }),
  );
}

/** Indices of slots whose parameters can be worked on together. */
function groupedByShape(slots: readonly OptimiserSlot[]): number[][] {
  const groups = new Map<string, number[]>();
  for (const [index, { name, parameter }] of slots.entries()) {
    const key = matricesOf(name, parameter).join();
    groups.set(key, [...(groups.get(key) ?? []), index]);
  }
  return [...groups.values()];
}

/** [matrices, O, I] of one parameter: queries, keys and values are three that lie in one. */
function matricesOf(name: string, { shape }: TorchTensor): [number, number, number] {
  const [rows, columns] = shape as [number, number];
  const matrices = name.includes("query_key_value") ? 3 : 1;
  return [matrices, rows / matrices, columns];
}

/** Of Jordan's quintic a x + b x³ + c x⁵, which takes singular values from near 0 to near 1 in five rounds. */
const [A, B, C] = [3.4445, -4.775, 2.0315];
const ROUNDS = 5;

/** x: [N, O, I] → U Vᵀ of each matrix U S Vᵀ, roughly: singular values in [0.7, 1.2], in bf16. */
export function orthogonalised(x: TorchTensor): TorchTensor {
  const [, rows, columns] = x.shape as [number, number, number];
  const transposed = (y: TorchTensor) => y.permute([0, 2, 1]);
  const norm = aten("aten::linalg_vector_norm", x, 2, [-2, -1], true);
  let y = x.div(norm.add(1e-7)).cast("bf16");
  if (rows > columns) y = aten("aten::contiguous", transposed(y)); // the smaller products
  for (let round = 0; round < ROUNDS; round++) {
    const square = y.matmul(y, { transposeOther: true });
    const factors = aten("aten::baddbmm", square, square, square, B, C); // B y² + C y⁴
    y = aten("aten::baddbmm", y, factors, y, A, 1);
  }
  return rows > columns ? transposed(y) : y;
}
