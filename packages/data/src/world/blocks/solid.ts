/**
 * @file The five solids: their proportions, and how one is painted. They are seen in parallel projection from
 * 22° above: a point z above and y behind the base's middle appears z·cos 22° + y·sin 22° higher.
 * `width` is the solid's nominal width in canvas units: that of a cube seen edge-on.
 */
import {
  ellipse,
  fillTone,
  linearGradient,
  number,
  type Point,
  polygon,
  radialGradient,
  type ToneStop,
} from "../paint/draw.js";
import type { Ramp } from "../palette.js";
import type { Shape } from "./scene.js";

/** sin and cos of the 22° from which the solids are seen. */
export const tilt = { sin: 0.375, cos: 0.927 } as const;

/** Proportions as factors of the nominal width. */
interface Proportions {
  /** Half the base: a corner's distance from the middle, or the radius. */
  readonly radius: number;
  readonly height: number;
  /** Height at which another solid's base rests. */
  readonly seat: number;
}

export const proportions: Readonly<Record<Shape, Proportions>> = {
  cube: { radius: 0.5, height: 0.71, seat: 0.71 },
  ball: { radius: 0.48, height: 0.96, seat: 0.92 },
  cylinder: { radius: 0.4, height: 0.84, seat: 0.84 },
  cone: { radius: 0.46, height: 1, seat: 0.86 },
  pyramid: { radius: 0.52, height: 0.78, seat: 0.68 },
};

/** How far the solid reaches in the picture, from the middle of its base, as factors of its width. */
export function reach(shape: Shape): { up: number; down: number; side: number } {
  const { radius, height } = proportions[shape];
  const flat = radius * tilt.sin;
  if (shape === "ball")
    return { up: radius * (1 + tilt.cos), down: radius * (1 - tilt.cos), side: radius };
  const top = height * tilt.cos + (shape === "cube" || shape === "cylinder" ? flat : 0);
  return { up: top, down: flat, side: radius };
}

/** A solid in its place on the canvas. */
export interface PlacedSolid {
  readonly shape: Shape;
  readonly width: number;
  /** The middle of its base. */
  readonly x: number;
  readonly y: number;
  /** Degrees turned from having an edge towards the viewer: −20 to 20. Round solids ignore it. */
  readonly turn: number;
  readonly light: "left" | "right";
  /** Added to every tone. */
  readonly shade: number;
}

/** SVG elements of the solid in the tones of `ramp`; `id` is unique in the drawing. */
export function paintSolid(solid: PlacedSolid, ramp: Ramp, id: string): string {
  return painters[solid.shape](solid, ramp, id);
}

type Painter = (solid: PlacedSolid, ramp: Ramp, id: string) => string;

const painters: Readonly<Record<Shape, Painter>> = {
  cube(solid, ramp) {
    const [front, right, back, left] = corners(solid);
    const up = solid.width * proportions.cube.height * tilt.cos;
    const raise = ([x, y]: Point): Point => [x, y - up];
    const side = (from: Point, to: Point) => [from, to, raise(to), raise(from)];
    return (
      face(side(left, front), ramp, solid.shade + faceTone(solid, "left")) +
      face(side(front, right), ramp, solid.shade + faceTone(solid, "right")) +
      face([left, front, right, back].map(raise), ramp, solid.shade + 0.85)
    );
  },

  pyramid(solid, ramp) {
    const [front, right, , left] = corners(solid);
    const apex: Point = [solid.x, solid.y - solid.width * proportions.pyramid.height * tilt.cos];
    return (
      face([left, front, apex], ramp, solid.shade + 0.15 + faceTone(solid, "left")) +
      face([front, right, apex], ramp, solid.shade + 0.15 + faceTone(solid, "right"))
    );
  },

  ball(solid, ramp, id) {
    const radius = solid.width * proportions.ball.radius;
    const lit: Point = [solid.light === "left" ? 0.32 : 0.68, 0.28];
    const tones: ToneStop[] = [
      [0, 1],
      [0.12, 0.9],
      [0.5, 0],
      [1, -1],
    ];
    return (
      radialGradient(id, ramp, brighten(tones, solid.shade), lit, 0.75) +
      ellipse(solid.x, solid.y - radius * tilt.cos, radius, radius, `fill="url(#${id})"`)
    );
  },

  cylinder(solid, ramp, id) {
    const { radius, height, left, right, flat } = roundBase(solid);
    const top = solid.y - height * tilt.cos;
    const barrel = `M${left} ${number(top)}L${left} ${number(solid.y)}A${number(radius)} ${flat} 0 0 0 ${right} ${number(solid.y)}L${right} ${number(top)}Z`;
    return (
      linearGradient(id, ramp, roundTones(solid)) +
      `<path d="${barrel}" fill="url(#${id})"/>` +
      ellipse(solid.x, top, radius, Number(flat), fillTone(ramp, solid.shade + 0.85))
    );
  },

  cone(solid, ramp, id) {
    const { radius, height, left, right, flat } = roundBase(solid);
    const apex = `${number(solid.x)} ${number(solid.y - height * tilt.cos)}`;
    const mantle = `M${apex}L${left} ${number(solid.y)}A${number(radius)} ${flat} 0 0 0 ${right} ${number(solid.y)}Z`;
    return `${linearGradient(id, ramp, roundTones(solid))}<path d="${mantle}" fill="url(#${id})"/>`;
  },
};

function face(points: readonly Point[], ramp: Ramp, tone: number): string {
  return polygon(points, fillTone(ramp, tone));
}

/** Corners of a turned square base: towards the viewer, right, away, left. */
function corners({ shape, width, x, y, turn }: PlacedSolid): [Point, Point, Point, Point] {
  const radius = width * proportions[shape].radius;
  const angle = (turn * Math.PI) / 180;
  const across = radius * Math.cos(angle);
  const along = radius * Math.sin(angle);
  const at = (side: number, depth: number): Point => [x + side, y - depth * tilt.sin];
  return [at(along, -across), at(across, along), at(-along, across), at(-across, -along)];
}

function faceTone({ light }: PlacedSolid, side: "left" | "right"): number {
  return side === light ? 0.15 : -0.8;
}

function roundBase({ shape, width, x }: PlacedSolid) {
  const radius = width * proportions[shape].radius;
  return {
    radius,
    height: width * proportions[shape].height,
    left: number(x - radius),
    right: number(x + radius),
    flat: number(radius * tilt.sin),
  };
}

function roundTones({ light, shade }: PlacedSolid): ToneStop[] {
  const fromLit: ToneStop[] = [
    [0, 0.1],
    [0.25, 0.75],
    [0.55, -0.15],
    [1, -1],
  ];
  const fromLeft =
    light === "left" ? fromLit : fromLit.map(([at, tone]): ToneStop => [1 - at, tone]).reverse();
  return brighten(fromLeft, shade);
}

function brighten(stops: readonly ToneStop[], by: number): ToneStop[] {
  return stops.map(([at, tone]) => [at, tone + by]);
}
