/** @file What stands out from the backdrop: as a mask of pixels, and its separate parts. */
import { type Picture, side } from "./picture.js";

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The pixels of a mask `width` wide that are set; undefined if none are. */
export function boundsOf(mask: Uint8Array, width: number): Box | undefined {
  let [left, right, top, bottom] = [width, -1, width, -1];
  for (let at = 0; at < mask.length; at++) {
    if (!mask[at]) continue;
    const [x, y] = [at % width, Math.floor(at / width)];
    [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)];
  }
  return right < 0 ? undefined : { left, right, top, bottom };
}

/** How many pixels of a mask are set. */
export function sizeOf(mask: Uint8Array): number {
  return mask.reduce((sum, one) => sum + one, 0);
}

/** Nearer than this (RGB distance) to its backdrop a pixel is backdrop, whatever is beside it. */
const backdropReach = 22;

export interface MaskOptions {
  /** RGB distance from the backdrop that hides it. @default 22 */
  readonly least?: number;
  /** The same as a share of the farthest pixel beside it; small where thin lines shut in pale things. @default 0.5 */
  readonly share?: number;
}

/** 64 × 64: 1 where the backdrop is hidden, or shut in by what hides it. */
export function filledMask(
  { apart }: Picture,
  { least = backdropReach, share = 0.5 }: MaskOptions = {},
): Uint8Array {
  // A pixel half covered differs half as much as its most different neighbour.
  const solid = (x: number, y: number) => {
    let most = 0;
    for (let ny = Math.max(0, y - 2); ny <= Math.min(side - 1, y + 2); ny++) {
      for (let nx = Math.max(0, x - 2); nx <= Math.min(side - 1, x + 2); nx++) {
        most = Math.max(most, apart[ny * side + nx]!);
      }
    }
    return apart[y * side + x]! > Math.max(least, most * share);
  };
  const mask = new Uint8Array(side * side).fill(1);
  const queue = Array.from({ length: side }, (_, at) => [
    at,
    (side - 1) * side + at,
    at * side,
    at * side + side - 1,
  ]).flat();
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    const [x, y] = [at % side, Math.floor(at / side)];
    if (!mask[at] || solid(x, y)) continue;
    mask[at] = 0;
    if (x > 0) queue.push(at - 1);
    if (x < side - 1) queue.push(at + 1);
    if (y > 0) queue.push(at - side);
    if (y < side - 1) queue.push(at + side);
  }
  return mask;
}

/** Two parts touch if they share a side of a pixel. Masks of the parts, in reading order of their tops. */
export function partsOf(mask: Uint8Array): Uint8Array[] {
  const left = Uint8Array.from(mask);
  const parts: Uint8Array[] = [];
  for (let start = 0; start < left.length; start++) {
    if (!left[start]) continue;
    const part = new Uint8Array(left.length);
    const queue = [start];
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      if (!left[at]) continue;
      left[at] = 0;
      part[at] = 1;
      const x = at % side;
      if (x > 0) queue.push(at - 1);
      if (x < side - 1) queue.push(at + 1);
      if (at >= side) queue.push(at - side);
      if (at < left.length - side) queue.push(at + side);
    }
    parts.push(part);
  }
  return parts;
}
