/**
 * @file Turns the autoencoder of bottleneck.ts into a dVAE with every code in use and meaning something: what the cells of
 * real pictures send is clustered once, the code vectors become the clusters' centres, and the encoder's last convolution
 * is set so that each code's logit falls with the squared distance to its centre:
 *
 *     logit_k(z) = sharpness · (c_k · z − |c_k|² / 2),   z = P f + b
 *
 * for features f, and P and b the convolution's first E rows until then. Started at random instead, all cells prefer
 * the same few codes, and the others never see a gradient.
 */
import type { Random } from "@dalle-ts/data";
import { aten, atenAll, noGradient, type TorchTensor, tensor, tidy } from "@dalle-ts/torch";
import type { TorchParameters } from "../parameters.js";
import { bottleneckRows } from "./bottleneck.js";

const ROUNDS = 12;

/** Cells that are compared with all centres at a time: their distances to 4,096 of them fill 256 MB. */
const AT_ONCE = 16_384;

/**
 * sent: [M, E], what M > K cells send, from `sentVectors`; several dozen cells a code, or the centres are those of these
 * pictures and no others.
 * Changes encoder.output.{weight,bias} and decoder.codebook.weight [K, E] in place, and returns their names.
 * Sharpness is chosen so that the second-nearest centre is `margin` nats behind the nearest, in the median over cells.
 */
export function spreadCodes(
  parameters: TorchParameters,
  sent: TorchTensor,
  margin: number,
  random: Random,
): readonly string[] {
  const changed = ["encoder.output.weight", "encoder.output.bias", "decoder.codebook.weight"];
  const [weight, bias, codebook] = changed.map((name) => parameters.get(name)!) as [
    TorchTensor, // [K, width, 1, 1]
    TorchTensor,
    TorchTensor,
  ];
  const [codes, size] = codebook.shape as [number, number];
  noGradient(() =>
    tidy(() => {
      const centres = cluster(sent, codes, random);
      const some = sent.slice(0, 0, Math.min(AT_ONCE, sent.shape[0]!));
      const best = atenAll("aten::topk", nearness(some, centres), 2)[0]!;
      const gap = best.slice(1, 0, 1).sub(best.slice(1, 1, 2));
      const sharpness = margin / aten("aten::median", gap).maximum(1e-9).item();

      const { rows, bias: shift } = bottleneckRows(parameters, size); // P and b
      const shifts = centres
        .matmul(shift.reshape([size, 1]))
        .reshape([codes])
        .add(offsetsOf(centres));
      aten("aten::copy_", weight, centres.matmul(rows).mul(sharpness).reshape(weight.shape));
      aten("aten::copy_", bias, shifts.mul(sharpness));
      aten("aten::copy_", codebook, centres);
    }),
  );
  return changed;
}

/** −|c_k|² / 2. centres: [K, E] → [K] */
function offsetsOf(centres: TorchTensor): TorchTensor {
  return centres.mul(centres).sum([1]).div(-2);
}

/** c_k · z − |c_k|² / 2, largest for the nearest centre. cells: [M, E]; centres: [K, E] → [M, K] */
function nearness(cells: TorchTensor, centres: TorchTensor): TorchTensor {
  return cells.matmul(centres, { transposeOther: true }).add(offsetsOf(centres));
}

/** Lloyd's k-means. cells: [M, E] → centres [count, E]; a cluster that runs empty restarts at a random cell. */
function cluster(cells: TorchTensor, count: number, random: Random): TorchTensor {
  let centres = rowsOf(cells, count, random);
  for (let round = 0; round < ROUNDS; round++) {
    centres = tidy(() => {
      const { sums, sizes } = membersOf(cells, centres);
      const empty = sizes.lessThan(0.5); // [count, 1]
      return empty.choose(rowsOf(cells, count, random), sums.div(sizes.maximum(1)));
    });
  }
  return centres;
}

/** What belongs to each centre: the sum of its cells, [K, E], and their number, [K, 1]. */
function membersOf(cells: TorchTensor, centres: TorchTensor) {
  const sums = aten("aten::zeros_like", centres);
  const sizes = aten("aten::zeros_like", centres.slice(1, 0, 1));
  for (let first = 0; first < cells.shape[0]!; first += AT_ONCE) {
    tidy(() => {
      const some = cells.slice(0, first, Math.min(first + AT_ONCE, cells.shape[0]!));
      const nearest = nearness(some, centres).argmax(1);
      aten("aten::index_add_", sums, 0, nearest, some);
      aten("aten::index_add_", sizes, 0, nearest, aten("aten::ones_like", some.slice(1, 0, 1)));
    });
  }
  return { sums, sizes };
}

function rowsOf(cells: TorchTensor, count: number, random: Random): TorchTensor {
  const rows = Array.from({ length: count }, () => random.integer(cells.shape[0]!));
  const ids = tensor(BigInt64Array.from(rows, BigInt), [count], "i64", cells.device);
  return aten("aten::index_select", cells, 0, ids);
}
