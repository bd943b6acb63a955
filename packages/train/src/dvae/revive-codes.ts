/**
 * @file Gives unused codes a second life. A code that no cell chooses gets hardly any gradient and stays unused; in the
 * paper millions of updates cure that, in a short run they do not. So now and then each unused code becomes a twin of a
 * code in use, chosen by how much it is used: both get half of its cells and grow apart from there.
 */
import { aten, noGradient, type TorchTensor, tensor, tidy } from "@dalle-ts/torch";
import type { OptimiserSlot } from "../optimiser/adamw.js";

/** What a code owns: its row in the encoder's last convolution and in the decoder's code book. */
const perCode = ["encoder.output.weight", "encoder.output.bias", "decoder.codebook.weight"];

/** Standard deviation of what sets twins apart, relative to that of all rows. */
const NOISE = 0.02;

/**
 * codes: those chosen in a batch, i64 of any shape. A code below 1 / (16 K) of the cells counts as unused.
 * Changes parameters and moments in place and returns the number of codes revived. Draws from the default generator.
 */
export function reviveCodes(
  slots: readonly OptimiserSlot[],
  codes: TorchTensor,
  codeCount: number,
): number {
  return noGradient(() =>
    tidy(() => {
      const flat = codes.reshape([-1]);
      const counts = aten("aten::bincount", flat, undefined, codeCount).cast("f32");
      const shares = counts.div(flat.shape[0]!);
      const unused = indicesBelow(shares, 1 / (16 * codeCount));
      if (unused.length === 0 || unused.length === codeCount) return 0;
      const targets = tensor(
        BigInt64Array.from(unused, BigInt),
        [unused.length],
        "i64",
        codes.device,
      );
      const sources = aten("aten::multinomial", shares, unused.length, true);
      for (const slot of slots.filter(({ name }) => perCode.includes(name))) {
        const twins = aten("aten::index_select", slot.parameter, 0, sources);
        const spread = aten("aten::std", slot.parameter, false).mul(NOISE);
        const noise = aten("aten::randn_like", twins).mul(spread);
        aten("aten::index_copy_", slot.parameter, 0, targets, twins.add(noise));
        for (const moment of [slot.mean, slot.variance]) {
          aten("aten::index_fill_.int_Scalar", moment, 0, targets, 0);
        }
      }
      return unused.length;
    }),
  );
}

function indicesBelow(shares: TorchTensor, limit: number): number[] {
  const values = shares.toArray() as Float32Array;
  return [...values.keys()].filter((index) => values[index]! < limit);
}
