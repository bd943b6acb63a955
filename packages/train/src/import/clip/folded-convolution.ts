/** @file A convolution and the batch normalisation after it as one convolution: a trained norm only scales and shifts. */
import type { ParameterSpec } from "@dalle-ts/tensor";
import type { GraphParameter } from "../../export/record.js";
import type { Weights } from "../weights.js";

/** Of PyTorch's batch norms. */
const EPSILON = 1e-5;

/** The weight or the bias of the two. convolution, norm: their names in the file. */
export function foldedConvolution(
  weights: Weights,
  spec: ParameterSpec,
  convolution: string,
  norm: string,
): GraphParameter {
  const outputs = spec.shape[0]!;
  const statistic = (name: string) =>
    weights.parameter({ name: spec.name, shape: [outputs] }, `${norm}.${name}`).data();
  const scales = async () => {
    const [weight, variance] = [await statistic("weight"), await statistic("running_var")];
    return weight.map((value, channel) => value / Math.sqrt(variance[channel]! + EPSILON));
  };
  for (const name of ["weight", "bias", "running_mean", "running_var"])
    weights.shape(`${norm}.${name}`); // that they are there
  if (spec.name.endsWith(".bias"))
    return {
      ...spec,
      async data() {
        const [scale, bias] = [await scales(), await statistic("bias")];
        const mean = await statistic("running_mean");
        return bias.map((value, channel) => value - mean[channel]! * scale[channel]!);
      },
    };
  const source = weights.parameter(spec, `${convolution}.weight`);
  return {
    ...spec,
    async data() {
      const [kernel, scale] = [await source.data(), await scales()];
      const size = kernel.length / outputs;
      return kernel.map((value, index) => value * scale[Math.floor(index / size)]!);
    },
  };
}
