/** @file Gradients: which tensors have them, how they are computed, where they are not recorded. */
import { guardNative, native } from "./native.js";
import { TorchTensor } from "./torch-tensor.js";

/** Marks a leaf whose gradient is wanted; returns it. */
export function requireGradient(leaf: TorchTensor): TorchTensor {
  guardNative("requireGradient", () => native().setRequiresGrad(leaf.handle, true));
  return leaf;
}

/**
 * d scalar / d input for each input; undefined where the scalar does not depend on it. Frees the recorded graph.
 */
export function gradients(
  scalar: TorchTensor,
  inputs: readonly TorchTensor[],
): (TorchTensor | undefined)[] {
  const handles = inputs.map((input) => input.handle);
  const found = guardNative("gradients", () => native().gradients(scalar.handle, handles));
  return found.map((handle) => handle && new TorchTensor(handle));
}

/** Runs `body` without recording for gradients: sampling, evaluation, updates of parameters in place. */
export function noGradient<R>(body: () => R): R {
  const before = native().setGradEnabled(false);
  try {
    return body();
  } finally {
    native().setGradEnabled(before);
  }
}
