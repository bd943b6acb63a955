/**
 * @file Turns an autoencoder without codes into a dVAE with every code in use and meaning something: the encoder's
 * features of real pictures are clustered once, the code vectors become the clusters' centres, and the encoder's last
 * convolution is set so that each code's logit falls with the squared distance to its centre:
 *
 *     logit_k(f) = sharpness · (c_k · f − |c_k|² / 2)
 *
 * Started at random instead, all cells prefer the same few codes, and the others never see a gradient.
 */
import type { Random } from "@dalle-ts/data";
import { aten, atenAll, noGradient, type TorchTensor, tensor, tidy } from "@dalle-ts/torch";
import type { TorchParameters } from "../parameters.js";

const ROUNDS = 12;

/**
 * features: [N, width, S, S] of `encoderFeatures`, with N · S² > K cells; width must be that of the code vectors.
 * Changes encoder.output.{weight,bias} and decoder.codebook.weight in place.
 * Sharpness is chosen so that the second-nearest centre is `margin` nats behind the nearest, in the median over cells.
 */
export function spreadCodes(
  parameters: TorchParameters,
  features: TorchTensor,
  margin: number,
  random: Random,
): void {
  const weight = parameters.get("encoder.output.weight")!; // [K, width, 1, 1]
  const bias = parameters.get("encoder.output.bias")!;
  const [codes, width] = weight.shape as [number, number];
  noGradient(() =>
    tidy(() => {
      const cells = features.permute([0, 2, 3, 1]).reshape([-1, width]);
      const centres = cluster(cells, codes, random);
      const offsets = centres.mul(centres).sum([1]).div(-2);
      const scores = cells.matmul(centres, { transposeOther: true }).add(offsets);
      const best = atenAll("aten::topk", scores, 2)[0]!;
      const gap = best.slice(1, 0, 1).sub(best.slice(1, 1, 2));
      const sharpness = margin / aten("aten::median", gap).maximum(1e-9).item();
      aten("aten::copy_", weight, centres.mul(sharpness).reshape(weight.shape));
      aten("aten::copy_", bias, offsets.mul(sharpness));
      aten("aten::copy_", parameters.get("decoder.codebook.weight"), centres);
    }),
  );
}

/** Lloyd's k-means. cells: [M, width] → centres [count, width]; a cluster that runs empty restarts at a random cell. */
function cluster(cells: TorchTensor, count: number, random: Random): TorchTensor {
  let centres = rowsOf(cells, count, random);
  for (let round = 0; round < ROUNDS; round++) {
    const offsets = centres.mul(centres).sum([1]).div(-2);
    const nearest = cells.matmul(centres, { transposeOther: true }).add(offsets).argmax(1);
    const ones = aten("aten::ones_like", cells.slice(1, 0, 1)); // [M, 1]
    const sums = aten("aten::index_add", aten("aten::zeros_like", centres), 0, nearest, cells);
    const sizes = aten(
      "aten::index_add",
      aten("aten::zeros_like", centres.slice(1, 0, 1)),
      0,
      nearest,
      ones,
    );
    const empty = sizes.lessThan(0.5); // [count, 1]
    centres = empty.choose(rowsOf(cells, count, random), sums.div(sizes.maximum(1)));
  }
  return centres;
}

function rowsOf(cells: TorchTensor, count: number, random: Random): TorchTensor {
  const rows = Array.from({ length: count }, () => random.integer(cells.shape[0]!));
  const ids = tensor(BigInt64Array.from(rows, BigInt), [count], "i64", cells.device);
  return aten("aten::index_select", cells, 0, ids);
}
