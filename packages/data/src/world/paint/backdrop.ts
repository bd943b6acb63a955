/**
 * @file What stands behind the objects: a wall that grows lighter or darker downwards, and in some pictures
 * the floor it meets. Contract with the judges: before shadows fall on it, a backdrop has one colour per row.
 */
import type { Random } from "../../random.js";
import { distanceToRamp, type Ramp, type Rgb } from "../palette.js";
import { number, stop } from "./draw.js";
import { canvas } from "./raster.js";

export interface Backdrop {
  /** Index into the list of wall and floor colours. */
  readonly tint: number;
  /** Height of the line between wall and floor in canvas units; undefined: wall only. */
  readonly horizon?: number;
  /** How much lighter the wall is at its top: −0.06 to 0.06 of full brightness. */
  readonly slope: number;
}

type Tint = readonly [wall: Rgb, floor: Rgb];

const tints: readonly Tint[] = [
  [
    [250, 241, 218],
    [224, 202, 166],
  ], // cream over sand
  [
    [212, 232, 248],
    [182, 200, 214],
  ], // pale blue
  [
    [220, 240, 214],
    [180, 208, 170],
  ], // pale green
  [
    [252, 226, 214],
    [226, 190, 172],
  ], // peach
  [
    [228, 222, 246],
    [196, 188, 222],
  ], // lavender
  [
    [244, 246, 249],
    [212, 216, 222],
  ], // near white
  [
    [126, 184, 186],
    [86, 146, 150],
  ], // teal
  [
    [128, 162, 204],
    [92, 126, 170],
  ], // dusty blue
  [
    [172, 190, 142],
    [132, 152, 100],
  ], // sage
  [
    [212, 180, 138],
    [176, 142, 100],
  ], // tan
  [
    [196, 164, 196],
    [158, 126, 160],
  ], // mauve
  [
    [150, 220, 220],
    [110, 188, 190],
  ], // aqua
  [
    [250, 190, 160],
    [226, 154, 122],
  ], // salmon
  [
    [160, 178, 244],
    [118, 138, 214],
  ], // periwinkle
  [
    [176, 226, 150],
    [138, 192, 112],
  ], // spring green
  [
    [58, 74, 112],
    [38, 50, 80],
  ], // night blue
  [
    [36, 84, 88],
    [22, 58, 62],
  ], // deep teal
];

/** An object's colour keeps this far (RGB distance) from every lit tone of its backdrop. */
const contrast = 46;
/** In shadow a floor keeps at least this share of its light, and a smaller distance has to do. */
const shadowed = 0.75;
const shadowContrast = 34;

/** A backdrop that every one of `shown` stands out from. */
export function drawBackdrop(
  random: Random,
  shown: readonly Ramp[],
  horizons: readonly [number, number] | undefined,
): Backdrop {
  return {
    tint: random.pick(fittingTints(shown)),
    ...(horizons ? { horizon: random.between(...horizons) } : {}),
    slope: random.between(-0.06, 0.06),
  };
}

/** Indices of the tints that every one of `shown` stands out from. */
export function fittingTints(shown: readonly Ramp[]): number[] {
  return tints.flatMap((tint, index) => (standsOut(tint, shown) ? [index] : []));
}

function standsOut(tint: Tint, shown: readonly Ramp[]): boolean {
  const apart = (tone: Rgb, least: number) =>
    shown.every((ramp) => distanceToRamp(tone, ramp) >= least);
  return tint.every(
    (tone) =>
      apart(tone, contrast) &&
      apart(dim(tone, 0.94), contrast) &&
      apart(dim(tone, 1.06), contrast) &&
      apart(dim(tone, shadowed), shadowContrast),
  );
}

function dim(tone: Rgb, by: number): Rgb {
  const at = (channel: number) => Math.min(255, channel * by);
  return [at(tone[0]), at(tone[1]), at(tone[2])];
}

/** The backdrop as SVG elements over the whole canvas. */
export function paintBackdrop({ tint, horizon, slope }: Backdrop): string {
  const [wall, floor] = tints[tint]!;
  const rectangle = (id: string, top: number) =>
    `<rect y="${number(top)}" width="${canvas}" height="${number(canvas - top)}" fill="url(#${id})"/>`;
  const gradient = (id: string, tone: Rgb) =>
    `<linearGradient id="${id}" x2="0" y2="1">${stop(0, dim(tone, 1 + slope))}${stop(1, dim(tone, 1 - slope))}</linearGradient>`;
  const behind = gradient("wall", wall) + rectangle("wall", 0);
  return horizon === undefined
    ? behind
    : behind + gradient("floor", floor) + rectangle("floor", horizon);
}
