/** @file One update of all parameters: AdamW, or Muon for the matrices of residual blocks and AdamW for the rest. */
import type { TorchTensor } from "@dalle-ts/torch";
import { type AdamWSettings, adamwUpdate, type OptimiserSlot } from "./adamw.js";
import { muonUpdate } from "./muon.js";

export interface OptimiserSettings extends AdamWSettings {
  /** Of the matrices of residual blocks, which Muon then updates. @default AdamW updates all */
  readonly momentum?: number;
}

/** `gradients` has an entry per slot; `update` counts from 1. */
export function updateParameters(
  settings: OptimiserSettings,
  slots: readonly OptimiserSlot[],
  gradients: readonly TorchTensor[],
  learningRate: number,
  update: number,
): void {
  const { momentum, weightDecay } = settings;
  const isMuons = (slot: OptimiserSlot) => momentum !== undefined && isBlockMatrix(slot);
  const chosen = (muons: boolean) => {
    const indices = [...slots.keys()].filter((index) => isMuons(slots[index]!) === muons);
    return [indices.map((i) => slots[i]!), indices.map((i) => gradients[i]!)] as const;
  };
  adamwUpdate(settings, ...chosen(false), learningRate, update);
  if (momentum !== undefined) {
    muonUpdate({ momentum, weightDecay }, ...chosen(true), learningRate);
  }
}

/** Tables and heads are not: their rows are vectors of tokens, most of which a step does not see. */
function isBlockMatrix({ name, parameter }: OptimiserSlot): boolean {
  return parameter.shape.length === 2 && /(^|\.)layers\.\d+\./.test(name);
}
