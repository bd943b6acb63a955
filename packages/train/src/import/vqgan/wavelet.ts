/**
 * @file The wavelet variant of ruDALL-E's VQGAN [SPEC §7.6]: its decoder ends in the four bands of a Haar transform of each
 * colour, whose inverse is a linear map of every cell. It is folded into the last convolution, which then gives the
 * squares of 2 × 2 pixels of each colour.
 */
import type { ParameterSpec } from "@dalle-ts/tensor";
import type { GraphParameter } from "../../export/record.js";
import type { Weights } from "../weights.js";

/** Names of the transform's filters, two numbers each: low and high, for the rows of a square and for its columns. */
const filters = ["idwt.g0_col", "idwt.g1_col", "idwt.g0_row", "idwt.g1_row"] as const;

const colours = 3;

export function mixesWavelets(weights: Weights): boolean {
  return weights.has("decoder.decoder.conv_in.weight");
}

/** The last convolution's weight or bias with the inverse transform folded in. decoder: the wrapper's weights. */
export function waveletOutput(decoder: Weights, spec: ParameterSpec): GraphParameter {
  const name = `decoder.conv_out.${spec.name.split(".").at(-1)}`;
  for (const filter of filters) decoder.shape(filter); // that they are there
  const target = decoder.parameter(spec, name);
  return {
    ...target,
    async data() {
      const bands = await target.data();
      const [lowRow, highRow, lowColumn, highColumn] = (await Promise.all(
        filters.map((filter) => decoder.read(filter)),
      )) as [Float32Array, Float32Array, Float32Array, Float32Array];
      const length = bands.length / (4 * colours); // numbers of one output channel
      const pixels = new Float32Array(bands.length);
      for (let channel = 0; channel < 4 * colours; channel++) {
        const [colour, row, column] = [channel >> 2, (channel >> 1) & 1, channel & 1];
        const factors = [
          lowRow[row]! * lowColumn[column]!,
          highRow[row]! * lowColumn[column]!,
          lowRow[row]! * highColumn[column]!,
          highRow[row]! * highColumn[column]!,
        ];
        for (const [band, factor] of factors.entries()) {
          // First the low band of each colour, then the three others colour by colour.
          const source = band === 0 ? colour : colours + colour * 3 + band - 1;
          for (let index = 0; index < length; index++)
            pixels[channel * length + index]! += factor * bands[source * length + index]!;
        }
      }
      return pixels;
    },
  };
}
