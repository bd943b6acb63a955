/** @file AdamW (decoupled weight decay) in place on a list of parameters, with the moments as plain tensors. */
import {
  aten,
  atenAll,
  hasOperator,
  noGradient,
  type TorchTensor,
  tensor,
  tidy,
  torchVersion,
} from "@dalle-ts/torch";

export interface AdamWSettings {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Only of parameters with two or more axes: gains and biases are not decayed. The paper does not say. */
  readonly weightDecay: number;
}

/** One parameter with its running mean and variance of gradients. */
export interface OptimiserSlot {
  readonly name: string;
  readonly parameter: TorchTensor;
  readonly mean: TorchTensor;
  readonly variance: TorchTensor;
}

const fusedOperator = "aten::_fused_adamw_";

/**
 * Whether the fused operator of this version of libtorch has a kernel for the device: 2.0 to 2.3 know it and have one
 * for CUDA alone.
 */
export function hasFusedKernel(version: string, device: string): boolean {
  const [major, minor] = version.split(".").map(Number) as [number, number];
  return device.startsWith("cuda") ? major >= 2 : major > 2 || (major === 2 && minor >= 4);
}

/**
 * One update. `gradients` has an entry per slot; `update` counts from 1 and drives the bias correction.
 * Uses libtorch's fused kernel where there is one, which makes one pass over memory instead of eight.
 */
export function adamwUpdate(
  settings: AdamWSettings,
  slots: readonly OptimiserSlot[],
  gradients: readonly TorchTensor[],
  learningRate: number,
  update: number,
): void {
  noGradient(() =>
    tidy(() => {
      const device = slots[0]?.parameter.device ?? "cpu";
      if (hasOperator(fusedOperator) && hasFusedKernel(torchVersion(), device)) {
        fusedUpdate(settings, slots, gradients, learningRate, update);
      } else {
        for (const [index, slot] of slots.entries()) {
          composedUpdate(settings, slot, gradients[index]!, learningRate, update);
        }
      }
    }),
  );
}

function decayOf(settings: AdamWSettings, slot: OptimiserSlot): number {
  return slot.parameter.shape.length >= 2 ? settings.weightDecay : 0;
}

function fusedUpdate(
  settings: AdamWSettings,
  slots: readonly OptimiserSlot[],
  gradients: readonly TorchTensor[],
  learningRate: number,
  update: number,
): void {
  for (const decayed of [true, false]) {
    const chosen = [...slots.keys()].filter((i) => decayOf(settings, slots[i]!) > 0 === decayed);
    if (!chosen.length) continue;
    const device = slots[0]!.parameter.device;
    const step = tensor(Float32Array.of(update), [], "f32", device);
    callFused(
      chosen.map((i) => slots[i]!.parameter),
      // The kernel walks raw memory: gradients in another layout, as convolutions give them, would be scrambled.
      chosen.map((i) => aten("aten::contiguous", gradients[i])),
      chosen.map((i) => slots[i]!.mean),
      chosen.map((i) => slots[i]!.variance),
      chosen.map(() => step),
      { ...settings, weightDecay: decayed ? settings.weightDecay : 0 },
      learningRate,
    );
  }
}

function callFused(
  parameters: TorchTensor[],
  gradients: TorchTensor[],
  means: TorchTensor[],
  variances: TorchTensor[],
  steps: TorchTensor[],
  { beta1, beta2, epsilon, weightDecay }: AdamWSettings,
  learningRate: number,
): void {
  const noMaxima: TorchTensor[] = [];
  const [amsgrad, maximise] = [false, false];
  atenAll(
    fusedOperator,
    parameters,
    gradients,
    means,
    variances,
    noMaxima,
    steps,
    learningRate,
    beta1,
    beta2,
    weightDecay,
    epsilon,
    amsgrad,
    maximise,
  );
}

function composedUpdate(
  settings: AdamWSettings,
  slot: OptimiserSlot,
  gradient: TorchTensor,
  learningRate: number,
  update: number,
): void {
  const { beta1, beta2, epsilon } = settings;
  const { parameter, mean, variance } = slot;
  aten("aten::mul_.Scalar", parameter, 1 - learningRate * decayOf(settings, slot));
  aten("aten::lerp_.Scalar", mean, gradient, 1 - beta1);
  aten("aten::mul_.Scalar", variance, beta2);
  aten("aten::addcmul_", variance, gradient, gradient, 1 - beta2);
  const unbiased = variance.div(1 - beta2 ** update).sqrt();
  aten("aten::add_.Scalar", unbiased, epsilon);
  aten("aten::addcdiv_", parameter, mean, unbiased, -learningRate / (1 - beta1 ** update));
}
