/** @file Paints a scene of one object: backdrop, a soft shadow, parts behind, patterned body, details. */
import { paintBackdrop } from "../paint/backdrop.js";
import { linearGradient, number, type Point, polygon } from "../paint/draw.js";
import { canvas } from "../paint/raster.js";
import { hex, ramps, toneOf } from "../palette.js";
import { type Body, fittings } from "./fittings.js";
import { bounds, polygons } from "./outline.js";
import { type Cover, clipToOutline, paintPattern } from "./pattern.js";
import { accentOf, type ObjectsScene } from "./scene.js";

/** Free border of every picture: judges read the backdrop there. */
const margin = 3.5;
const stray = 5;

/** Where the outline's middle is on the canvas, and its radius. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** How far the whole object reaches from its outline's middle, in outline units. */
export function extentOf({ object, outline }: Pick<ObjectsScene, "object" | "outline">) {
  const { beyond } = fittings[object];
  const { left, right, top, bottom } = bounds(polygons[outline]);
  return { west: left - beyond.side, east: right + beyond.side, top, south: bottom + beyond.below };
}

export function placeOf({ object, outline, nuisance }: ObjectsScene): Place {
  const { radius: nominal } = fittings[object];
  const { west, east, top, south } = extentOf({ object, outline });
  const within = (low: number, high: number) => (canvas - 2 * margin) / ((high - low) / 100);
  const radius = Math.min(nominal * nuisance.zoom, within(west, east), within(top, south));
  const middle = (low: number, high: number, towards: number) => {
    const [from, to] = [(low * radius) / 100, (high * radius) / 100];
    const room = Math.max(0, Math.min(stray, (canvas - (to - from)) / 2 - margin));
    return canvas / 2 - (from + to) / 2 + room * towards;
  };
  return {
    x: middle(west, east, nuisance.shift[0]),
    y: middle(top, south, nuisance.shift[1]),
    radius,
  };
}

export function drawing(scene: ObjectsScene): string {
  const { nuisance } = scene;
  const { x, y, radius } = placeOf(scene);
  const frame = `translate(${number(x)} ${number(y)}) rotate(${number(nuisance.lean)}) scale(${number(radius)})`;
  return `${paintBackdrop(nuisance.backdrop)}<g transform="${frame} scale(.01)">${paintObject({ ...scene, ...nuisance })}</g>`;
}

/** All that decides how an object looks, its place apart. */
export type Look = Pick<ObjectsScene, "object" | "outline" | "colour" | "pattern"> &
  Pick<ObjectsScene["nuisance"], "light" | "shade">;

/** The object around the origin, in outline units. */
export function paintObject(look: Omit<Look, "pattern"> & { readonly pattern: Cover }): string {
  const { object, outline, colour, pattern, light, shade } = look;
  const ramp = ramps[colour];
  const body: Body = { points: polygons[outline], ramp, shade, accent: accentOf(colour) };
  const { behind, upon } = fittings[object];
  const away: Point = [light === "left" ? 6 : -6, 8];
  const shadow = body.points.map(([x, y]): Point => [x + away[0], y + away[1]]);
  const slant = light === "left" ? 'x1="0" y1="0" x2="1" y2="1"' : 'x1="1" y1="0" x2="0" y2="1"';
  const rim = `fill="none" stroke="${hex(toneOf(ramp, shade - 1))}" stroke-width="7" stroke-linejoin="round"`;
  return (
    polygon(shadow, 'fill-opacity=".2"') +
    behind(body) +
    linearGradient(
      "shine",
      ramp,
      [
        [0, shade + 0.6],
        [0.5, shade],
        [1, shade - 0.5],
      ],
      slant,
    ) +
    polygon(body.points, 'fill="url(#shine)"') +
    clipToOutline(outline) +
    paintPattern(pattern, colour) +
    upon(body) +
    polygon(body.points, rim)
  );
}
