/** @file Shapes of land: soft hills, sharp ridges, and slabs of ground. Canvas units. */

import type { Random } from "../../../random.js";
import { number } from "../../paint/draw.js";

/** A hill line from edge to edge around `y`, filled down to the bottom. */
export function hill(random: Random, y: number, swell: number, fill: string): string {
  const [one, two, three] = [0, 1, 2].map(() => y + random.between(-swell, swell));
  return `<path d="M-4 ${number(one!)}C16 ${number(one! - swell)} 22 ${number(two! + swell)} 36 ${number(two!)}S56 ${number(three! - swell)} 70 ${number(three!)}V70H-4Z" fill="${fill}"/>`;
}

export interface Peak {
  readonly x: number;
  readonly y: number;
  readonly half: number;
  readonly foot: number;
}

/** A mountain with a lit and a shaded face and a snow cap down to `cap` of its height. */
export function mountain(
  { x, y, half, foot }: Peak,
  [lit, shaded, snow]: readonly [string, string, string],
  cap: number,
): string {
  const at = (share: number, side: number) =>
    `${number(x + half * share * side)} ${number(y + (foot - y) * share)}`;
  const zig = `L${at(cap, 1)}L${at(cap * 0.72, 0.45)}L${at(cap * 1.1, 0.1)}L${at(cap * 0.75, -0.4)}L${at(cap, -1)}Z`;
  return (
    `<path d="M${at(0, 0)}L${at(1, 1)}L${at(1, -1)}Z" fill="${lit}"/>` +
    `<path d="M${at(0, 0)}L${at(1, 1)}L${at(1, 0.15)}L${at(0.6, -0.06)}L${at(0.35, 0.22)}Z" fill="${shaded}"/>` +
    `<path d="M${at(0, 0)}${zig}" fill="${snow}"/>`
  );
}

export function slab(y: number, fill: string): string {
  return `<rect y="${number(y)}" width="64" height="${number(64 - y)}" fill="${fill}"/>`;
}
