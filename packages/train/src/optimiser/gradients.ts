/** @file The global gradient norm, which finds non-finite steps and clips long ones. */
import { aten, noGradient, type TorchTensor, tidy } from "@dalle-ts/torch";

/** √ of the sum of all squares; NaN or Infinity where any gradient is not finite. */
export function globalNorm(gradients: readonly TorchTensor[]): number {
  return noGradient(() =>
    tidy(() => {
      const norms = gradients.map((gradient) =>
        aten("aten::linalg_vector_norm", gradient).reshape([1]),
      );
      return aten("aten::linalg_vector_norm", aten("aten::cat", norms, 0)).item();
    }),
  );
}

/** Scales all gradients in place so that their global norm is at most `limit` > 0. */
export function clipToNorm(gradients: readonly TorchTensor[], norm: number, limit: number): void {
  if (norm <= limit) return;
  noGradient(() =>
    tidy(() => {
      for (const gradient of gradients) aten("aten::mul_.Scalar", gradient, limit / norm);
    }),
  );
}
