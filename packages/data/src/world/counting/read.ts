/**
 * @file Reads a picture of things to count without knowing what it should show: what stands apart is counted,
 * and compared with every kind of thing in every colour; the rows of the backdrop tell the place.
 */
import type { Attributes } from "../grammar.js";
import { bilinear } from "../judge/bilinear.js";
import { boundsOf, filledMask, partsOf, sizeOf } from "../judge/mask.js";
import { lookAt, type Picture, side } from "../judge/picture.js";
import { rasterise } from "../paint/raster.js";
import { shading } from "../paint/shape.js";
import { type Colour, distanceToRamp, type Ramp, type Rgb } from "../palette.js";
import { sameAsSeen, type Verdict } from "../scene.js";
import { grass, sand, wood, woodEdge } from "./place.js";
import { rampOf } from "./scene.js";
import { paintThing } from "./things.js";
import { takenApart } from "./touching.js";
import { coloursOf, type Noun, nouns, type Place } from "./values.js";

export interface SeenThings {
  readonly number: number;
  readonly noun: Noun;
  readonly colour?: Colour;
  readonly place: Place | undefined;
}

/** Things have thin dark outlines, which count as a part of them. */
const outlined = { least: 34, share: 0.25 } as const;
/** Things with fewer pixels are specks. */
const speck = 12;
/** So are those that have a smaller share of the largest one's pixels: things of one picture have one size. */
const speckShare = 0.1;
/** A thing that stands alone is nearer than this to its kind (a painted one below 3,800), two that touch are farther (5,900). */
const whole = 4500;

/** What the picture shows, or undefined if it shows nothing to count. */
export function readThings(picture: Picture): SeenThings | undefined {
  const parts = thingsIn(picture);
  const unlikeness = (mask: Uint8Array) => {
    const seen = patchOf(picture, mask);
    return known().reduce(
      (least, { patch }) => Math.min(least, unlike(seen, patch, least)),
      Infinity,
    );
  };
  const things = parts.flatMap((part) => takenApart(part, unlikeness, { whole, speck }));
  if (things.length === 0) return undefined;
  const patches = things.map((thing) => patchOf(picture, thing));
  const costs = known().map(({ patch }) =>
    patches.reduce((sum, seen) => sum + unlike(seen, patch), 0),
  );
  const { noun, colour } = known()[costs.indexOf(Math.min(...costs))]!;
  return {
    number: things.length,
    noun,
    ...(colour ? { colour } : {}),
    place: placeOf(picture.rows),
  };
}

export function compare(claim: Attributes, seen: SeenThings | undefined): Verdict {
  if (!seen) return sameAsSeen(claim, undefined);
  const { number, ...others } = seen;
  const isCollection = number >= 4 && number <= 6;
  const count = claim.count === "collection" && isCollection ? "collection" : String(number);
  return sameAsSeen(claim, { ...others, count, place: seen.place ?? "" });
}

/** Parts nearer than this in both directions (pixels) are one thing: blur eats wicks, stems and pale sides. */
const together = { x: 1, y: 2 } as const;

/** Masks of the separate things in the picture. */
export function thingsIn(picture: Picture): Uint8Array[] {
  const things: Uint8Array[] = [];
  for (const part of partsOf(filledMask(picture, outlined))) {
    // A new part may join things that were apart before it.
    const joined = things.filter((thing) => areTogether(thing, part));
    for (const thing of joined) things.splice(things.indexOf(thing), 1);
    things.push(part.map((one, at) => (joined.some((thing) => thing[at]) ? 1 : one)));
  }
  const least = Math.max(speck, speckShare * Math.max(0, ...things.map(sizeOf)));
  return things.filter((thing) => sizeOf(thing) >= least);
}

function areTogether(thing: Uint8Array, part: Uint8Array): boolean {
  const [one, other] = [boundsOf(thing, side)!, boundsOf(part, side)!];
  const across = Math.max(one.left, other.left) - Math.min(one.right, other.right);
  const down = Math.max(one.top, other.top) - Math.min(one.bottom, other.bottom);
  return across <= together.x && down <= together.y;
}

/** One thing, stretched to a square of cells. */
interface Patch {
  /** grid × grid × 3. */
  readonly rgb: Float32Array;
  /** grid × grid: 1 where the thing is. */
  readonly covered: Uint8Array;
  /** Natural logarithm of width by height. */
  readonly aspect: number;
}

const grid = 14;

function patchOf({ rgb }: Picture, mask: Uint8Array): Patch {
  const { left, right, top, bottom } = boundsOf(mask, side)!;
  const patch = {
    rgb: new Float32Array(grid * grid * 3),
    covered: new Uint8Array(grid * grid),
    aspect: Math.log((right - left) / (bottom - top)),
  };
  for (let cell = 0; cell < grid * grid; cell++) {
    const x = left + (((cell % grid) + 0.5) / grid) * (right - left) - 0.5;
    const y = top + ((Math.floor(cell / grid) + 0.5) / grid) * (bottom - top) - 0.5;
    patch.covered[cell] = mask[Math.round(y) * side + Math.round(x)]!;
    for (let channel = 0; channel < 3; channel++)
      patch.rgb[cell * 3 + channel] = between(rgb, x, y, channel);
  }
  return patch;
}

/** Beyond the border the picture goes on as it ends. */
function between(rgb: Float32Array, x: number, y: number, channel: number): number {
  const clamped = (place: number) => Math.max(0, Math.min(side - 1, place));
  return bilinear(
    x,
    y,
    (column, row) => rgb[(clamped(row) * side + clamped(column)) * 3 + channel]!,
  );
}

/** A pixel that only one of two things covers counts as this far (RGB distance); none counts as farther. */
const far = 90;
/** Weight of a difference in aspect, as a squared distance. */
const aspectWeight = 8000;

/** Mean squared distance of two patches; not counted to the end where it is more than `most`. */
function unlike(one: Patch, other: Patch, most = Infinity): number {
  const shape = aspectWeight * (one.aspect - other.aspect) ** 2;
  const enough = (most - shape) * grid ** 2;
  let sum = 0;
  for (let cell = 0; cell < grid * grid && sum <= enough; cell++) {
    if (one.covered[cell] !== other.covered[cell]) sum += far ** 2;
    else if (one.covered[cell]) {
      let apart = 0;
      for (let at = cell * 3; at < cell * 3 + 3; at++)
        apart += (one.rgb[at]! - other.rgb[at]!) ** 2;
      sum += Math.min(far ** 2, apart);
    }
  }
  return sum / grid ** 2 + shape;
}

interface Known {
  readonly noun: Noun;
  readonly colour: Colour | undefined;
  readonly patch: Patch;
}

let models: readonly Known[] | undefined;

/** Every kind of thing in every colour; painted on first use. */
function known(): readonly Known[] {
  models ??= nouns.flatMap((noun) => {
    const choice: readonly (Colour | undefined)[] = coloursOf[noun];
    return (choice.length > 0 ? choice : [undefined]).map((colour) => ({
      noun,
      colour,
      patch: modelOf(noun, colour),
    }));
  });
  return models;
}

/** The size of the model, about that of things in a picture. */
const modelSize = 18;

function modelOf(noun: Noun, colour: Colour | undefined): Patch {
  const ramp = rampOf(noun, colour);
  // A backdrop of a colour that nothing has.
  const body = `<rect width="64" height="64" fill="#0ff"/>${shading("main", ramp)}<g transform="translate(32 41) scale(${modelSize / 20})">${paintThing(noun, ramp, 0)}</g>`;
  const picture = lookAt(rasterise(body, side), side);
  return patchOf(picture, thingsIn(picture)[0]!);
}

/** Nearer than this (RGB distance) to a surface's colour, a row shows it. */
const rowReach = 26;
const surfaces: Readonly<Record<"wood" | "grass" | "sand", Ramp>> = {
  wood: [woodEdge, wood, wood],
  grass: [grass, grass, grass],
  sand: [sand, sand, sand],
};
/** A board with more rows of wood than this is a table. */
const thickest = 7;

/** The place whose surface the rows of the backdrop show. */
function placeOf(rows: Float32Array): Place | undefined {
  const longest = { wood: 0, grass: 0, sand: 0 };
  const run = { wood: 0, grass: 0, sand: 0 };
  for (let row = 0; row < side; row++) {
    const tone: Rgb = [rows[row * 3]!, rows[row * 3 + 1]!, rows[row * 3 + 2]!];
    for (const name of ["wood", "grass", "sand"] as const) {
      run[name] = distanceToRamp(tone, surfaces[name]) < rowReach ? run[name] + 1 : 0;
      longest[name] = Math.max(longest[name], run[name]);
    }
  }
  if (longest.grass > 5) return "grass";
  if (longest.sand > 5) return "beach";
  if (longest.wood > thickest) return "table";
  return longest.wood >= 2 ? "shelf" : undefined;
}
