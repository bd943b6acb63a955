/**
 * @file Tells outlines apart by the whole run of an edge: where a body ends is measured along rays from its
 * middle, and every outline is laid through those points, moved, stretched and leant as suits it best. What
 * is only local (a ragged edge, a blotch) then counts for little.
 */
import { bilinear } from "../judge/bilinear.js";
import { side } from "../judge/picture.js";
import type { Point } from "../paint/draw.js";
import { polygons } from "./outline.js";
import type { Outline } from "./scene.js";

/** Where an outline lies: its middle, the lengths of 100 outline units across and down, and degrees clockwise. */
export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly across: number;
  readonly down: number;
  readonly lean: number;
}

/** Canvas units → hundreds of outline units. */
export function intoFrame({ x, y, across, down, lean }: Frame): (px: number, py: number) => Point {
  const angle = (lean * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  return (px, py) => {
    const [right, below] = [px - x, py - y];
    return [(cosine * right + sine * below) / across, (cosine * below - sine * right) / down];
  };
}

export interface Fitted {
  readonly outline: Outline;
  readonly frame: Frame;
  /** How far the edge is from this outline: 0 is nowhere off, and a stray stretch adds little. */
  readonly cost: number;
}

/** Rays from the middle. */
const rays = 90;
/** Degrees either side of straight down in which a post or handle may hide the edge. */
const hidden = 14;
/** Canvas units that an edge may be off before it counts less and less. */
const tolerance = 0.7;
/** What a picture's outline may be off from the painted ones: standard deviations, of stretch and in degrees. */
const usual = { stretch: 0.03, lean: 3 } as const;

/** The points in which rays from (x, y) first leave the mask. */
export function edgePoints(mask: Uint8Array, x: number, y: number): Point[] {
  const points: Point[] = [];
  for (let ray = 0; ray < rays; ray++) {
    const degrees = (ray * 360) / rays;
    if (Math.abs(degrees - 90) < hidden) continue;
    const [right, down] = [
      Math.cos((degrees * Math.PI) / 180),
      Math.sin((degrees * Math.PI) / 180),
    ];
    let before = 1;
    for (let along = 0.5; along < side; along += 0.5) {
      const here = sampled(mask, x + along * right, y + along * down);
      if (here < 0.5) {
        const back = (0.5 * (0.5 - here)) / (before - here);
        points.push([x + (along - back) * right, y + (along - back) * down]);
        break;
      }
      before = here;
    }
  }
  return points;
}

/** Share of the mask at a point in canvas units; outside there is none. */
function sampled(mask: Uint8Array, x: number, y: number): number {
  return bilinear(x - 0.5, y - 0.5, (column, row) =>
    column < 0 || row < 0 || column >= side || row >= side ? 0 : mask[row * side + column]!,
  );
}

/** How far an object is seen beyond its outline, in outline units: half the rim's stroke, and a little blur. */
const brim = 5;

/** Steps of the tables of radii, over the full turn. */
const steps = 720;

interface Radii {
  /** Distance of the outline from its middle in each direction. */
  readonly radius: Float64Array;
  /** Distance across the edge for one along the ray. */
  readonly slope: Float64Array;
}

const known = new Map<Outline, Radii>();

function radiiOf(outline: Outline): Radii {
  let radii = known.get(outline);
  if (!radii) {
    const radius = Float64Array.from({ length: steps }, (_, step) =>
      reachOf(outline, (step * 2 * Math.PI) / steps),
    );
    const slope = radius.map((here, step) => {
      const change = radius[(step + 1) % steps]! - radius[(step + steps - 1) % steps]!;
      return 1 / Math.hypot(1, change / (here * ((4 * Math.PI) / steps)));
    });
    radii = { radius, slope };
    known.set(outline, radii);
  }
  return radii;
}

/** The step of the tables in the direction of (x, y). */
function stepOf(x: number, y: number): number {
  return Math.round((Math.atan2(y, x) / (2 * Math.PI)) * steps + steps) % steps;
}

/** How far (x, y) is from the middle, as a share of the outline's distance in that direction: 1 is on the edge. */
export function shareOf(outline: Outline, x: number, y: number): number {
  return Math.hypot(x, y) / radiiOf(outline).radius[stepOf(x, y)]!;
}

/** Distance from the middle to the outline's farthest side in that direction. */
function reachOf(outline: Outline, angle: number): number {
  const [right, down] = [Math.cos(angle), Math.sin(angle)];
  const points = polygons[outline];
  let reach = 0;
  for (const [index, [x1, y1]] of points.entries()) {
    const [x2, y2] = points[(index + 1) % points.length]!;
    const [dx, dy] = [x2 - x1, y2 - y1];
    const turn = right * dy - down * dx;
    const along = (x1 * dy - y1 * dx) / turn;
    const share = (x1 * down - y1 * right) / turn;
    if (along > 0 && share >= -1e-9 && share <= 1 + 1e-9) reach = Math.max(reach, along);
  }
  return reach;
}

type Values = [x: number, y: number, across: number, down: number, lean: number];
/** How far each value is moved to see what that changes. */
const nudges: Values = [0.1, 0.1, 0.1, 0.1, 0.5];
const rounds = 5;

/** The outlines laid through the points from a first middle (x, y), the likeliest first. */
export function fitOutlines(
  points: readonly Point[],
  x: number,
  y: number,
  among: readonly Outline[],
): Fitted[] {
  return among
    .map((outline) => fitOutline(points, outline, x, y))
    .sort((one, other) => one.cost - other.cost);
}

/** Gauss–Newton steps, in which points far off weigh little. */
function fitOutline(points: readonly Point[], outline: Outline, x: number, y: number): Fitted {
  const radii = radiiOf(outline);
  const mean =
    points.reduce((sum, [px, py]) => sum + Math.hypot(px - x, py - y), 0) / points.length;
  const radius = (100 * mean) / (radii.radius.reduce((sum, one) => sum + one, 0) / steps);
  let values: Values = [x, y, radius, radius, 0];
  let off = residuals(points, radii, values);
  let cost = costOf(off, points.length);
  let best = values;
  for (let round = 0; round < rounds; round++) {
    const slopes = nudges.map((nudge, index) => {
      const moved: Values = [...values];
      moved[index]! += nudge;
      return residuals(points, radii, moved).map((value, at) => (value - off[at]!) / nudge);
    });
    const weights = off.map((value, at) => (at < points.length ? 1 / (1 + value ** 2) : 1));
    const step = solve(
      slopes.map((one) => slopes.map((other) => dot(one, other, weights))),
      slopes.map((one) => -dot(one, off, weights)),
    );
    values = values.map((value, index) => value + step[index]!) as Values;
    off = residuals(points, radii, values);
    const next = costOf(off, points.length);
    if (next < cost) [cost, best] = [next, values];
  }
  const [bx, by, across, down, lean] = best;
  return { outline, frame: { x: bx, y: by, across, down, lean }, cost: cost / points.length };
}

/** How far each point is off, in tolerances, and then how unusual the stretch and the lean are. */
function residuals(
  points: readonly Point[],
  { radius, slope }: Radii,
  values: Values,
): Float64Array {
  const [x, y, across, down, lean] = values;
  const within = intoFrame({ x, y, across, down, lean });
  const size = Math.sqrt(Math.abs(across * down));
  const result = new Float64Array(points.length + 2);
  for (const [index, [px, py]] of points.entries()) {
    const [u, v] = within(px, py);
    const step = stepOf(u, v);
    const off = ((Math.hypot(u, v) - radius[step]! / 100) * slope[step]! - brim / 100) * size;
    result[index] = off / tolerance;
  }
  result[points.length] = Math.log(Math.abs(across / down)) / usual.stretch;
  result[points.length + 1] = lean / usual.lean;
  return result;
}

/** Of points the logarithm of what is off counts, of what is unusual in the frame all. */
function costOf(off: Float64Array, points: number): number {
  return off.reduce(
    (sum, value, at) => sum + (at < points ? Math.log1p(value ** 2) : value ** 2),
    0,
  );
}

function dot(one: Float64Array, other: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += one[at]! * other[at]! * weights[at]!;
  return sum;
}

/** Solves a small system of normal equations by elimination; slightly damped, as a circle has no lean. */
function solve(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index]!]);
  for (const [index, row] of rows.entries()) row[index]! *= 1.001;
  for (const [index, pivot] of rows.entries()) {
    for (const [other, row] of rows.entries()) {
      if (other === index) continue;
      const share = row[index]! / pivot[index]!;
      for (let at = index; at < row.length; at++) row[at]! -= share * pivot[at]!;
    }
  }
  return rows.map((row, index) => row.at(-1)! / row[index]!);
}
