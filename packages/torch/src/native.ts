/** @file The typed mirror of native/binding.cc, and its loading. Nothing else in the house touches the addon. */
import { createRequire } from "node:module";
import { DalleError } from "@dalle-ts/tensor";
import { addonPath, isBuilt } from "../native/build.mjs";
import { locateLibTorch } from "../native/locate.mjs";

/** An at::Tensor owned by JavaScript; opaque. */
export type Handle = { readonly __tensor: unique symbol };

export interface Description {
  readonly shape: number[];
  /** The number of c10::ScalarType. */
  readonly type: number;
  readonly device: string;
}

export interface NativeTorch {
  readonly version: string;
  findOperator(name: string, overload: string): number | undefined;
  call(operator: number, args: readonly unknown[]): unknown;
  fromBytes(bytes: Uint8Array, shape: readonly number[], type: number, device: string): Handle;
  toBytes(tensor: Handle): ArrayBuffer;
  describe(tensor: Handle): Description;
  release(tensor: Handle): void;
  account(tensor: Handle): void;
  setRequiresGrad(tensor: Handle, required: boolean): void;
  gradients(scalar: Handle, inputs: readonly Handle[]): (Handle | undefined)[];
  setGradEnabled(enabled: boolean): boolean;
  manualSeed(device: string, seed: number): void;
  generatorState(device: string): Handle;
  setGeneratorState(device: string, state: Handle): void;
  cudaDeviceCount(): number;
  liveTensorCount(): number;
}

let loaded: NativeTorch | undefined;

/** The addon for the libtorch found on this machine; loaded at the first use, so importing the package does nothing. */
export function native(): NativeTorch {
  loaded ??= load();
  return loaded;
}

/** A LIBTORCH that leads nowhere is an error even where another libtorch would be found; so is another system than Linux. */
function locate(): ReturnType<typeof locateLibTorch> {
  try {
    return locateLibTorch();
  } catch (cause) {
    throw new DalleError("native", (cause as Error).message, { cause });
  }
}

function load(): NativeTorch {
  const libtorch = locate();
  if (!libtorch) {
    throw new DalleError(
      "native",
      "Training needs libtorch and none was found; run `npm run setup:torch`.",
    );
  }
  if (!isBuilt(libtorch)) {
    throw new DalleError(
      "native",
      `The binding for libtorch ${libtorch.version} (${libtorch.source}) is not built; run \`npm run setup:torch\`.`,
    );
  }
  try {
    return createRequire(import.meta.url)(addonPath(libtorch)) as NativeTorch;
  } catch (cause) {
    throw new DalleError(
      "native",
      `The binding for libtorch ${libtorch.version} could not be loaded (${String(cause)}); run \`npm run setup:torch\` again.`,
      { cause },
    );
  }
}

/** Throws where nothing can be computed here, and says what to do. */
export function requireTorch(): void {
  native();
}

/** What training would run on, without loading it; undefined where there is no libtorch. */
export function torchInstallation():
  | { version: string; source: string; built: boolean }
  | undefined {
  const libtorch = locate();
  return (
    libtorch && { version: libtorch.version, source: libtorch.source, built: isBuilt(libtorch) }
  );
}

/** Runs `body`, which calls the addon, and gives its errors our type and the name of what was done. */
export function guardNative<R>(name: string, body: () => R): R {
  try {
    return body();
  } catch (cause) {
    if (cause instanceof DalleError) throw cause;
    throw new DalleError("native", `${name}: ${(cause as Error).message}`, { cause });
  }
}
