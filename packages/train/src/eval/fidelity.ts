/**
 * @file What pictures lose by becoming codes and pictures again: peak signal-to-noise ratio, structural similarity,
 * codes in use.
 */
import { type FamilyName, familyNames, type Split } from "@dalle-ts/data";
import type { DalleImage } from "dalle-ts";
import { ssim } from "ssim.js";
import { usageOf } from "../dvae/code-usage.js";

/** Means over pictures. */
export interface Fidelity {
  /** Peak signal-to-noise ratio in dB, of 8-bit values; of a picture that comes back as it was, that of one value off by one. */
  readonly psnr: number;
  /** Structural similarity of the greys, in [−1, 1], 1 where nothing is lost: windows of 11 × 11 pixels (Wang et al. 2004). */
  readonly ssim: number;
}

export interface CodesInUse {
  /** Codes that stand anywhere in the pictures, of `of`. */
  readonly used: number;
  readonly of: number;
  /** e to the entropy of a cell's code: as many codes, were they used alike. */
  readonly perplexity: number;
}

export interface SplitFidelity extends Fidelity {
  readonly split: Split;
  readonly families: readonly (Fidelity & { readonly family: FamilyName })[];
  readonly codes: CodesInUse;
}

export class FidelityTally {
  readonly #split: Split;
  readonly #found = new Map<FamilyName, Fidelity[]>();
  readonly #counts: Uint32Array;

  /** codes: how many the dVAE has. */
  constructor(split: Split, codes: number) {
    this.#split = split;
    this.#counts = new Uint32Array(codes);
  }

  /** Two pictures of one size, each side at least 11 pixels. */
  add(
    family: FamilyName,
    original: DalleImage,
    reconstructed: DalleImage & { readonly codes: Int32Array },
  ): void {
    const found = this.#found.get(family) ?? [];
    this.#found.set(family, found);
    found.push(fidelity(original, reconstructed));
    for (const code of reconstructed.codes) this.#counts[code]!++;
  }

  score(): SplitFidelity {
    return {
      split: this.#split,
      ...mean([...this.#found.values()].flat()),
      families: familyNames.flatMap((family) => {
        const found = this.#found.get(family);
        return found ? [{ family, ...mean(found) }] : [];
      }),
      codes: codesInUse(this.#counts),
    };
  }
}

/** Of two pictures of one size. */
export function fidelity(original: DalleImage, other: DalleImage): Fidelity {
  let squares = 0;
  for (const [index, value] of original.pixels.entries()) {
    squares += (value - other.pixels[index]!) ** 2;
  }
  return {
    psnr: 10 * Math.log10((255 ** 2 * original.pixels.length) / Math.max(1, squares)),
    ssim: ssim(withAlpha(original), withAlpha(other), { ssim: "fast", downsample: false }).mssim,
  };
}

function codesInUse(counts: Uint32Array): CodesInUse {
  const used = counts.filter((count) => count > 0).length;
  return { used, of: counts.length, perplexity: usageOf(counts).perplexity };
}

function mean(found: readonly Fidelity[]): Fidelity {
  const of = (key: keyof Fidelity) =>
    found.reduce((sum, each) => sum + each[key], 0) / found.length;
  return { psnr: of("psnr"), ssim: of("ssim") };
}

/** As a canvas holds it. */
function withAlpha({ width, height, pixels }: DalleImage) {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel++) {
    data.set(pixels.subarray(3 * pixel, 3 * pixel + 3), 4 * pixel);
  }
  return { width, height, data, colorSpace: "srgb" as const };
}
