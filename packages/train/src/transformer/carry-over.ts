/**
 * @file A transformer that knows some words and codes becomes one that knows others. Its residual blocks stay; the vector of
 * a new token is the mean of those of the old tokens that spell it, and the vector of a new code the mean of those of the
 * old codes that the same cells of pictures have, each as often as it is met. So what was learnt of captions, of places
 * in the picture and of what goes with what is not learnt again.
 */
import { aten, noGradient, type TorchTensor, tensor, tidy } from "@dalle-ts/torch";
import { codesFromPixels, pixelsFromCodes } from "../dvae/pixels-and-codes.js";
import type { TorchParameters } from "../parameters.js";
import { hasCodesOf, type TrainedDvae } from "../run/run-folder.js";
import { BytePairEncoder } from "../tokenizer/byte-pair-encoder.js";
import { tokenBytes } from "../tokenizer/token-bytes.js";

/** What a transformer's tables are of. */
export interface Vocabularies {
  /** The text of a tokenizer.json. */
  readonly tokenizer: string;
  readonly dvae: TrainedDvae;
}

/**
 * What is the same in both stays to the last bit. grids: codes of `to`'s dVAE in raster order, a picture each; a thousand will
 * do. The parameters are new tensors.
 */
export function carryOver(
  parameters: TorchParameters,
  from: Vocabularies,
  to: Vocabularies,
  grids: readonly ArrayLike<number>[],
  device: string,
): TorchParameters {
  return noGradient(() =>
    tidy(() => {
      const mixtures: Record<string, TorchTensor> = {};
      if (from.tokenizer !== to.tokenizer) {
        const tokens = shares(spellings(from.tokenizer, to.tokenizer), device);
        mixtures["text.embedding"] = tokens;
        mixtures["text.head.weight"] = mixtures["text.head.bias"] = withEnd(tokens);
      }
      if (!hasCodesOf(to.dvae, from.dvae.hash)) {
        const codes = shares(sharedCells(from.dvae, to.dvae, grids, device), device);
        mixtures["image.embedding"] = codes;
        mixtures["image.head.weight"] = mixtures["image.head.bias"] = codes;
      }
      return new Map(
        [...parameters].map(([name, value]) => {
          const mixture = mixtures[name];
          return [name, mixture ? mixture.matmul(value) : aten("aten::clone", value)];
        }),
      );
    }),
  );
}

/** How often each old token or code stands for each new one, a row a new one. */
class Counts {
  readonly #values: Float32Array;

  constructor(
    readonly rows: number,
    readonly columns: number,
  ) {
    this.#values = new Float32Array(rows * columns);
  }

  add(row: number, column: number): void {
    this.#values[row * this.columns + column]!++;
  }

  /** [rows, columns] */
  toTensor(device: string): TorchTensor {
    return tensor(this.#values, [this.rows, this.columns], "f32", device);
  }
}

/** How often each old token occurs in the spelling of each new one. */
function spellings(from: string, to: string): Counts {
  const encoder = BytePairEncoder.fromJson(from);
  const tokens = tokenBytes(to);
  const counts = new Counts(tokens.length, encoder.vocabularySize);
  for (const [token, bytes] of tokens.entries()) {
    for (const id of encoder.spell(bytes)) counts.add(token, id);
  }
  return counts;
}

const BATCH = 32;

/** How often a cell that has a new code has each of the old ones: pictures are decoded by one dVAE and encoded by the other. */
function sharedCells(
  from: TrainedDvae,
  to: TrainedDvae,
  grids: readonly ArrayLike<number>[],
  device: string,
): Counts {
  const counts = new Counts(to.config.codes, from.config.codes);
  for (let first = 0; first < grids.length; first += BATCH) {
    const some = grids.slice(first, first + BATCH);
    const codes = some.flatMap((grid) => Array.from(grid));
    const side = Math.sqrt(codes.length / some.length);
    const found = tidy(() => {
      const ids = BigInt64Array.from(codes, BigInt);
      const grid = tensor(ids, [some.length, side, side], "i64", device);
      return codesFromPixels(from, pixelsFromCodes(to, grid)).toArray() as BigInt64Array;
    });
    for (const [cell, code] of codes.entries()) counts.add(code, Number(found[cell]));
  }
  return counts;
}

/** Each row's shares, [new, old]; a row that counts nothing gets the shares of all together. */
function shares(counts: Counts, device: string): TorchTensor {
  const all = counts.toTensor(device);
  const seen = all.sum([1], true);
  const filled = aten("aten::where.self", seen.lessThan(0.5), all.sum([0], true), all);
  return filled.div(filled.sum([1], true));
}

/** The text head's last row is the caption's end, which is the same in both. [V', V] → [V' + 1, V + 1] */
function withEnd(tokens: TorchTensor): TorchTensor {
  const [rows, columns] = tokens.shape as [number, number];
  const end = Float32Array.from({ length: columns + 1 }, (_, column) => Number(column === columns));
  const none = tokens.constant(new Float32Array(rows), [rows, 1], "f32");
  return tokens.concat([none], 1).concat([tokens.constant(end, [1, columns + 1], "f32")], 0);
}
