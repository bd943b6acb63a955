/**
 * @file Reads a picture of a dressed animal without knowing what it should show: the animal and its place
 * from the face, which no garment covers, then each garment from the pixels where it would be worn.
 */
import {
  emptiness,
  findLikeness,
  type Likeness,
  likenessOf,
  softened,
  unlikeness,
} from "../judge/likeness.js";
import { type Picture, side } from "../judge/picture.js";
import { rasteriseRgba } from "../paint/raster.js";
import type { Colour } from "../palette.js";
import { type Animal, animals } from "./animals.js";
import { paintFigure } from "./paint.js";
import { type GarmentName, garmentNames, garmentValues, type Outfit } from "./scene.js";
import { paintGarment } from "./wardrobe.js";

export type SeenFigure = { readonly animal: Animal } & Readonly<
  Record<GarmentName, Colour | "none">
>;

const zooms = [0.95, 0.985, 1.02] as const;
/** The farthest that a figure is looked for from the middle, in pixels. */
const reach = { x: 6, y: 4 } as const;
/** More unlike than this (mean square, or share of a bare backdrop's) to every animal, a picture shows none. */
const strange = { cost: 2600, share: 0.6 } as const;

interface Pose {
  readonly animal: Animal;
  readonly zoom: number;
  readonly face: Likeness;
}

let poses: readonly Pose[] | undefined;

/** Painted on first use. */
function posesOf(): readonly Pose[] {
  poses ??= animals.flatMap((animal) =>
    zooms.map((zoom) => {
      const body = atMiddle(paintFigure(animal, {}, 0), zoom);
      return { animal, zoom, face: likenessOf(body, isHead) };
    }),
  );
  return poses;
}

function atMiddle(body: string, zoom: number): string {
  return `<g transform="translate(32 32) scale(${zoom})">${body}</g>`;
}

/** The face, and ears beside the hat. */
function isHead(x: number, y: number): boolean {
  const [across, down] = [Math.abs(x + 0.5 - side / 2), y + 0.5 - side / 2];
  const hat = across < 12.5 && down < -11;
  return !hat && across < 21 && down > -30 && down < 4;
}

/** What the picture shows, or undefined if it shows no animal. */
export function readFigure(picture: Picture): SeenFigure | undefined {
  const known = posesOf();
  const target = softened(picture.rgb);
  const faces = known.map(({ face }) => face);
  const found = findLikeness(faces, picture, target, reach)[0]!;
  const { animal, zoom, face } = known[found.index]!;
  const most = Math.min(strange.cost, strange.share * emptiness(face, picture, target, found));
  if (found.cost > most) return undefined;
  const worn = garmentNames.map((name) => {
    const points = zoneOf(name, zoom);
    const costs = garmentValues.map((value) =>
      unlikeness({ ...lookOf(animal, zoom, value), points }, picture, target, found),
    );
    return [name, garmentValues[costs.indexOf(Math.min(...costs))]!];
  });
  return { animal, ...Object.fromEntries(worn) };
}

type Painted = Pick<Likeness, "rgb" | "bare">;
const looks = new Map<string, Painted>();

/** The animal in all four garments of one colour, or in none; painted when first asked for. */
function lookOf(animal: Animal, zoom: number, value: Colour | "none"): Painted {
  const key = `${animal} ${zoom} ${value}`;
  const outfit: Outfit =
    value === "none" ? {} : Object.fromEntries(garmentNames.map((name) => [name, value]));
  const look =
    looks.get(key) ?? likenessOf(atMiddle(paintFigure(animal, outfit, 0), zoom), () => false);
  looks.set(key, look);
  return look;
}

const zones = new Map<string, Int32Array>();

/** The pixels where a garment is worn, and no other: where two meet, one says nothing about the other. */
function zoneOf(name: GarmentName, zoom: number): Int32Array {
  const key = `${name} ${zoom}`;
  const ready = zones.get(key);
  if (ready) return ready;
  const cover = (one: GarmentName) =>
    rasteriseRgba(atMiddle(paintGarment(one, "red", 0), zoom), side);
  const own = cover(name);
  const others = garmentNames.filter((one) => one !== name).map(cover);
  const isNear = (rgba: Uint8Array, at: number) =>
    [-side, -1, 0, 1, side].some((by) => rgba[(at + by) * 4 + 3]! > 0);
  const points = Array.from({ length: side * side }, (_, at) => at).filter(
    (at) => own[at * 4 + 3]! > 127 && !others.some((rgba) => isNear(rgba, at)),
  );
  const zone = Int32Array.from(points);
  zones.set(key, zone);
  return zone;
}
