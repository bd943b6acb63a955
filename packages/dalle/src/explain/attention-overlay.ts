/** @file A heat map of attention over a picture: the picture in greys, redder where a word was looked at more. */
import { badOption, DalleError } from "@dalle-ts/tensor";
import { checkImage, type DalleImage } from "../images/image.js";
import type { Explanation } from "./explanation.js";

const HOT = [225, 20, 10] as const;
/** The hottest place still shows a little of the picture. */
const MOST_HEAT = 0.85;
/** Greys from here to white, so that black things show their heat too. */
const DARKEST = 90;

/**
 * `attention`: of one word of the explanation, or any number ≥ 0 for each code. The largest is the reddest, so colours
 * compare places and not words. Between the middles of codes it is interpolated; `image` may have any size.
 */
export function attentionOverlay(
  image: DalleImage,
  { rows, columns }: Pick<Explanation, "rows" | "columns">,
  attention: Float32Array,
): DalleImage {
  checkImage(image);
  if (attention.length !== rows * columns) {
    throw new DalleError(
      "bad_shape",
      `Attention over ${rows} × ${columns} codes has ${rows * columns} numbers, got ${attention.length}; pass that of one word.`,
    );
  }
  if (!attention.every((value) => Number.isFinite(value) && value >= 0))
    throw badOption("attention", "finite numbers >= 0", attention);
  const { width, height } = image;
  const largest = Math.max(...attention) || 1;
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const row = between(y, height, rows);
    for (let x = 0; x < width; x++) {
      const column = between(x, width, columns);
      const heat = (MOST_HEAT * at(attention, columns, row, column)) / largest;
      const start = 3 * (y * width + x);
      const grey = DARKEST + (luminance(image.pixels, start) * (255 - DARKEST)) / 255;
      for (const [channel, hot] of HOT.entries()) {
        pixels[start + channel] = Math.round(grey + (hot - grey) * heat);
      }
    }
  }
  return { width, height, pixels };
}

interface Between {
  readonly before: number;
  readonly after: number;
  /** How far from the one to the other, in [0, 1). */
  readonly share: number;
}

/** The two codes, of `codes` along one axis, between whose middles pixel `pixel` of `size` lies. */
function between(pixel: number, size: number, codes: number): Between {
  const place = Math.min(codes - 1, Math.max(0, ((pixel + 0.5) * codes) / size - 0.5));
  const before = Math.floor(place);
  return { before, after: Math.min(before + 1, codes - 1), share: place - before };
}

function at(attention: Float32Array, columns: number, row: Between, column: Between): number {
  const alongRow = (index: number) =>
    attention[index * columns + column.before]! * (1 - column.share) +
    attention[index * columns + column.after]! * column.share;
  return alongRow(row.before) * (1 - row.share) + alongRow(row.after) * row.share;
}

/** Rec. 601. */
const luminance = (pixels: Uint8Array, start: number): number =>
  0.299 * pixels[start]! + 0.587 * pixels[start + 1]! + 0.114 * pixels[start + 2]!;
