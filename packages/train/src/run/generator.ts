/** @file The random generator of a run that goes on: as it was, or on another kind of device begun anew. */
import { Random } from "@dalle-ts/data";
import {
  generatorState,
  restoreGeneratorState,
  seedGenerator,
  type TorchTensor,
  tensor,
} from "@dalle-ts/torch";
import type { CheckpointState } from "../checkpoint/checkpoint.js";

/**
 * Restores the generator of `device`. A generator of another kind of device cannot be: seed and step then decide what is drawn,
 * and the warning says so.
 */
export function resumeGenerator(
  { generator, device: noted, step }: CheckpointState,
  device: string,
  seed: number,
  onWarning: ((warning: string) => void) | undefined,
): void {
  const bytes = Uint8Array.from(Buffer.from(generator, "base64"));
  if (noted === undefined ? isStateOf(bytes, device) : kindOf(noted) === kindOf(device)) {
    using state: TorchTensor = tensor(bytes, [bytes.length], "u8");
    restoreGeneratorState(state, device);
    return;
  }
  seedGenerator(new Random(seed, step).next(), device);
  onWarning?.(
    `The run goes on on ${device} from a checkpoint made on ${noted ?? "another kind of device"}: its random numbers are others from step ${step} on.`,
  );
}

const kindOf = (device: string): string => device.split(":")[0]!;

/** By its length: those of CPU and CUDA differ. */
function isStateOf(bytes: Uint8Array, device: string): boolean {
  using own = generatorState(device);
  return own.shape[0] === bytes.length;
}
