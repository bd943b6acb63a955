/**
 * @file Compares a picture with drawings of what it may show: each is painted once on nothing, then slid over
 * the picture, whose own backdrop shows through where the drawing leaves it bare.
 */
import { rasteriseRgba } from "../paint/raster.js";
import { type Picture, side } from "./picture.js";

/** A drawing to look for, painted at 64 × 64 and softened. */
export interface Likeness {
  /** 64 × 64 × 3, premultiplied. */
  readonly rgb: Float32Array;
  /** 64 × 64: share of the backdrop that shows, 0–1. */
  readonly bare: Float32Array;
  /** The pixels to compare, as indices. */
  readonly points: Int32Array;
}

/**
 * `drawing`: SVG elements, or 64 × 64 × 4 bytes, premultiplied. `counts` says of a pixel whether it matters; x and y run
 * from 0 to 63.
 */
export function likenessOf(
  drawing: string | Uint8Array,
  counts: (x: number, y: number) => boolean,
): Likeness {
  const rgba = typeof drawing === "string" ? rasteriseRgba(drawing, side) : drawing;
  const rgb = new Float32Array(side * side * 3);
  const covers = new Float32Array(side * side * 3);
  for (let at = 0; at < side * side; at++) {
    for (let channel = 0; channel < 3; channel++) rgb[at * 3 + channel] = rgba[at * 4 + channel]!;
    covers[at * 3] = rgba[at * 4 + 3]! / 255;
  }
  const softCovers = softened(covers);
  const points = Array.from({ length: side * side }, (_, at) => at).filter((at) =>
    counts(at % side, Math.floor(at / side)),
  );
  return {
    rgb: softened(rgb),
    bare: Float32Array.from({ length: side * side }, (_, at) => 1 - softCovers[at * 3]!),
    points: Int32Array.from(points),
  };
}

/** How far the drawing is moved from where it was painted, in whole pixels. */
export interface Shift {
  readonly dx: number;
  readonly dy: number;
}

/** Mean squared difference (per channel, 0–65025) of the shifted drawing from the softened picture. */
export function unlikeness(
  { rgb, bare, points }: Likeness,
  { rows }: Picture,
  target: Float32Array,
  { dx, dy }: Shift,
  stride = 1,
): number {
  let sum = 0;
  let count = 0;
  for (let index = 0; index < points.length; index += stride) {
    const from = points[index]!;
    const x = (from % side) + dx;
    const y = Math.floor(from / side) + dy;
    if (x < 1 || y < 1 || x >= side - 1 || y >= side - 1) continue;
    const to = (y * side + x) * 3;
    const share = bare[from]!;
    for (let channel = 0; channel < 3; channel++) {
      const painted = rgb[from * 3 + channel]! + share * rows[y * 3 + channel]!;
      sum += (painted - target[to + channel]!) ** 2;
    }
    count += 3;
  }
  return count === 0 ? Infinity : sum / count;
}

/** The same difference where nothing is drawn: of a picture of nothing but its backdrop it is 0. */
export function emptiness(
  { points }: Likeness,
  picture: Picture,
  target: Float32Array,
  shift: Shift,
): number {
  const nothing = { rgb: new Float32Array(side * side * 3), bare: allBare, points };
  return unlikeness(nothing, picture, target, shift);
}

const allBare = new Float32Array(side * side).fill(1);

export interface Found extends Shift {
  /** Index of the likeness. */
  readonly index: number;
  readonly cost: number;
}

/** Likenesses that are slid in single steps, after a first look at all. */
const shortlist = 6;

/** The best place of each of the likeliest, the likeliest first. `reach`: the farthest shift either way. */
export function findLikeness(
  likenesses: readonly Likeness[],
  picture: Picture,
  target: Float32Array,
  reach: { readonly x: number; readonly y: number },
): Found[] {
  const best = (index: number, around: Shift, by: number, across: number, down: number): Found => {
    let found: Found = { index, dx: 0, dy: 0, cost: Infinity };
    for (let dy = around.dy - down; dy <= around.dy + down; dy += by) {
      for (let dx = around.dx - across; dx <= around.dx + across; dx += by) {
        const cost = unlikeness(likenesses[index]!, picture, target, { dx, dy }, by > 1 ? 5 : 1);
        if (cost < found.cost) found = { index, dx, dy, cost };
      }
    }
    return found;
  };
  const byCost = (one: Found, other: Found) => one.cost - other.cost;
  return likenesses
    .map((_, index) => best(index, { dx: 0, dy: 0 }, 2, reach.x, reach.y))
    .sort(byCost)
    .slice(0, shortlist)
    .map((found) => best(found.index, found, 1, 1, 1))
    .sort(byCost);
}

/** Means of 3 × 3 pixels (the border is left black): soft and sharp pictures come closer. */
export function softened(rgb: Float32Array): Float32Array {
  const row = side * 3;
  const across = new Float32Array(rgb.length);
  for (let at = 3; at < rgb.length - 3; at++) across[at] = rgb[at - 3]! + rgb[at]! + rgb[at + 3]!;
  const result = new Float32Array(rgb.length);
  for (let y = 1; y < side - 1; y++) {
    for (let at = y * row + 3; at < (y + 1) * row - 3; at++) {
      result[at] = (across[at - row]! + across[at]! + across[at + row]!) / 9;
    }
  }
  return result;
}
