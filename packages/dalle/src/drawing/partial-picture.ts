/** @file A picture of which only some codes are known: what is not drawn yet shows as a pale veil over a guess. */
import { type CodeGrid, codeGrid } from "@dalle-ts/models";
import type { DalleImage } from "../images/image.js";
import type { DvaeRuntime } from "../runtime/dvae.js";

/** A light grey, neither paper nor ink. */
const VEIL = 232;
/** How much of the guess shows through: enough for its tones, too little to be taken for the picture. */
const GUESS_SHARE = 0.15;

/** Rows of codes that are decoded on each side of those that changed, for how a row looks depends on its neighbours. */
const CONTEXT = 2;
/** Rows on each side of those that changed that are shown anew. */
const TOUCHED = 1;
/** Differs from every code, and so is decoded when it is known, even if the guess was right. */
const SMEARED = -1;

/**
 * One picture on its way. Each time it is shown only the rows that changed are decoded, where the model can decode some
 * alone.
 */
export class PartialPicture {
  readonly #dvae: DvaeRuntime;
  readonly #grid: CodeGrid;
  /** What `#pixels` show, unknown codes guessed, SMEARED where no code was decoded; none before the first time. */
  #codes: Int32Array | undefined;
  readonly #pixels: Uint8Array;

  constructor(dvae: DvaeRuntime) {
    this.#dvae = dvae;
    this.#grid = codeGrid(dvae.config);
    this.#pixels = new Uint8Array(3 * this.#grid.imageSize ** 2);
  }

  /** codes in raster order; isKnown says which of them to believe. */
  async show(codes: ArrayLike<number>, isKnown: (index: number) => boolean): Promise<DalleImage> {
    const { side, imageSize } = this.#grid;
    const guessed = fillUnknown(codes, isKnown, side);
    if (await this.#dvae.decodesRows()) {
      const last = Array.from(guessed, (_, index) => isKnown(index)).lastIndexOf(true);
      await this.#decodeChanged(guessed, Math.floor(last / side) + 1);
    } else this.#pixels.set((await this.#dvae.decode(guessed)).pixels);
    const image = { width: imageSize, height: imageSize, pixels: this.#pixels };
    return veil(image, isKnown, this.#grid);
  }

  /** knownRows: how many rows, from the top, hold all that is known; what is below is smeared from there, behind the veil. */
  async #decodeChanged(codes: Int32Array, knownRows: number): Promise<void> {
    const { side, pixelsPerCode } = this.#grid;
    const bytesPerRow = this.#pixels.length / side; // of a row of codes
    const before = this.#codes;
    const changed = Array.from(codes, (code, index) => code !== before?.[index]);
    const first = Math.floor(changed.indexOf(true) / side);
    const end = Math.min(Math.floor(changed.lastIndexOf(true) / side) + 1, knownRows);
    if (first >= 0 && first < end) {
      const from = Math.max(0, first - CONTEXT);
      const part = codes.subarray(from * side, Math.min(side, end + CONTEXT) * side);
      const { pixels } = await this.#dvae.decode(part);
      const shownFrom = Math.max(0, first - TOUCHED);
      const shownEnd = Math.min(side, end + TOUCHED);
      const shown = pixels.subarray(
        (shownFrom - from) * bytesPerRow,
        (shownEnd - from) * bytesPerRow,
      );
      this.#pixels.set(shown, shownFrom * bytesPerRow);
    }
    const line = bytesPerRow / pixelsPerCode;
    const decoded = Math.min(side, knownRows + TOUCHED) * bytesPerRow;
    for (let at = decoded; at < this.#pixels.length; at += line) {
      this.#pixels.copyWithin(at, decoded - line, decoded);
    }
    this.#codes = codes.map((code, index) => (index < knownRows * side ? code : SMEARED));
  }
}

/** An unknown code becomes the one above it; in the first row the one before it, or else the first known of all. */
export function fillUnknown(
  codes: ArrayLike<number>,
  isKnown: (index: number) => boolean,
  columns: number,
): Int32Array {
  const filled = Int32Array.from(codes);
  const anyKnown = filled.find((_, index) => isKnown(index)) ?? 0;
  for (let index = 0; index < filled.length; index++) {
    if (isKnown(index)) continue;
    filled[index] = filled[index - columns] ?? filled[index - 1] ?? anyKnown;
  }
  return filled;
}

function veil(
  { width, height, pixels }: DalleImage,
  isKnown: (index: number) => boolean,
  { side, pixelsPerCode: codeSide }: CodeGrid,
): DalleImage {
  const veiled = Uint8Array.from(pixels);
  for (let index = 0; index < side * side; index++) {
    if (isKnown(index)) continue;
    const top = Math.floor(index / side) * codeSide;
    const left = (index % side) * codeSide;
    for (let row = top; row < top + codeSide; row++) {
      const start = 3 * (row * width + left);
      for (let offset = start; offset < start + 3 * codeSide; offset++) {
        veiled[offset] = Math.round(VEIL + (pixels[offset]! - VEIL) * GUESS_SHARE);
      }
    }
  }
  return { width, height, pixels: veiled };
}
