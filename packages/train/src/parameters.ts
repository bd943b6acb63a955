/** @file A model's parameters on libtorch: fresh, copied, and as host data for files. */
import {
  DalleError,
  type ParameterSpec,
  ParameterTree,
  SafetensorsFile,
  type Shape,
} from "@dalle-ts/tensor";
import { aten, noGradient, scalarTypes, type TorchTensor, tensor, tidy } from "@dalle-ts/torch";

export type TorchParameters = Map<string, TorchTensor>;

/** Fresh fp32 parameters from the CPU's default generator, which the caller has seeded, wherever they go. */
export function initialiseParameters(
  specs: readonly ParameterSpec[],
  device: string,
): TorchParameters {
  return noGradient(() =>
    tidy(
      () =>
        new Map(
          specs.map(({ name, shape, init }) => {
            const options = [scalarTypes.f32, undefined, "cpu"] as const;
            const fresh =
              "normal" in init
                ? aten("aten::randn", shape, ...options).mul(init.normal)
                : aten("aten::full", shape, init.fill, ...options);
            return [name, fresh.to(device)];
          }),
        ),
    ),
  );
}

/** Frees them all. */
export function disposeParameters(parameters: TorchParameters): void {
  for (const parameter of parameters.values()) parameter.dispose();
}

/** Zeros in the shapes of `like`. */
export function zerosLike(like: TorchParameters): TorchParameters {
  return new Map([...like].map(([name, value]) => [name, aten("aten::zeros_like", value)]));
}

/** Independent copies without gradients. */
export function copyParameters(source: TorchParameters): TorchParameters {
  return noGradient(
    () => new Map([...source].map(([name, value]) => [name, aten("aten::clone", value)])),
  );
}

/** The parameters below one branch ("encoder"), seen by a model function. */
export function treeOf(parameters: TorchParameters): ParameterTree<TorchTensor> {
  return new ParameterTree(parameters);
}

/** Host copies of fp32 parameters, for files. */
export function hostParameters(parameters: TorchParameters): HostParameter[] {
  return [...parameters].map(([name, value]) => ({
    name,
    shape: value.shape,
    dtype: "f32",
    data: value.toArray() as Float32Array,
  }));
}

/** One trained tensor on the host. */
export interface HostParameter {
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: "f32";
  readonly data: Float32Array;
}

/** Parameters with the values of a safetensors file; missing names and other shapes are refused by name. */
export async function readParameters(
  path: string,
  specs: readonly Pick<ParameterSpec, "name" | "shape">[],
  device: string,
): Promise<TorchParameters> {
  await using file = await SafetensorsFile.open(path);
  const parameters: TorchParameters = new Map();
  for (const { name, shape } of specs) {
    const found = file.tensors.get(name)?.shape;
    if (found?.join() !== shape.join()) {
      throw new DalleError(
        "bad_file",
        `${path}: "${name}" has shape [${found ?? "missing"}] and the config needs [${shape}]; use the config it was trained with.`,
      );
    }
    parameters.set(name, tensor(await file.readFloat32(name), shape, "f32", device));
  }
  return parameters;
}
