/** @file Devices and random generators. A device that is missing is an error, never a silent fall-back. */
import { badOption, DalleError } from "@dalle-ts/tensor";
import { guardNative, native } from "./native.js";
import { TorchTensor } from "./torch-tensor.js";

/** Checks "cpu", "cuda" or "cuda:1" against this machine and returns its full name ("cuda" → "cuda:0"). */
export function checkDevice(device: string): string {
  if (device === "cpu") return device;
  const index = /^cuda(?::(\d+))?$/.exec(device);
  if (!index) throw badOption("device", '"cpu", "cuda" or "cuda:<index>"', device);
  const count = native().cudaDeviceCount();
  const wanted = Number(index[1] ?? 0);
  if (wanted >= count) {
    throw new DalleError(
      "unsupported",
      `device: ${device} was asked for, but libtorch ${native().version} sees ${devices(count)}; use --device ${count > 0 ? "cuda:0" : "cpu, or a libtorch built with CUDA"}.`,
    );
  }
  return `cuda:${wanted}`;
}

function devices(count: number): string {
  if (count === 0) return "no CUDA device";
  return count === 1 ? "only 1 CUDA device" : `only ${count} CUDA devices`;
}

/** Number of CUDA devices that this libtorch sees. */
export function cudaDeviceCount(): number {
  return native().cudaDeviceCount();
}

/** Restarts the device's default generator; `seed` is an integer in [0, 2^53). */
export function seedGenerator(seed: number, device = "cpu"): void {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw badOption("seed", "an integer in [0, 2^53)", seed);
  }
  guardNative("seedGenerator", () => native().manualSeed(device, seed));
}

/** The default generator's whole state as a u8 tensor, for checkpoints. */
export function generatorState(device = "cpu"): TorchTensor {
  return new TorchTensor(guardNative("generatorState", () => native().generatorState(device)));
}

export function restoreGeneratorState(state: TorchTensor, device = "cpu"): void {
  guardNative("restoreGeneratorState", () => native().setGeneratorState(device, state.handle));
}

/** Tensors that JavaScript holds at this moment; for tests and leak hunts. */
export function liveTensorCount(): number {
  return native().liveTensorCount();
}

/** For example "2.13.0". */
export function torchVersion(): string {
  return native().version;
}
