/**
 * @file What the things stand on. Each surface reaches across the whole picture, so that a backdrop has one
 * colour per row, as the judges expect; grain and tufts are fainter than what they take for a thing.
 */
import { number } from "../paint/draw.js";
import { stroke } from "../paint/shape.js";
import { hex, type Ramp, type Rgb } from "../palette.js";
import type { Place } from "./values.js";

export const wood: Rgb = [224, 180, 122];
export const grass: Rgb = [160, 208, 104];
export const sand: Rgb = [242, 220, 172];
export const woodEdge: Rgb = [180, 132, 82];
const sea: Rgb = [112, 186, 206];

/** The surfaces as ramps of one tone, for the choice of a wall. */
export const surfaceRamps: readonly Ramp[] = [wood, grass, sand].map((tone) => [tone, tone, tone]);

/** The surface under rows of things with these base lines. */
export function paintPlace(place: Place, rows: readonly number[]): string {
  return painters[place](rows);
}

type PlacePainter = (rows: readonly number[]) => string;

const painters: Readonly<Record<Place, PlacePainter>> = {
  table(rows) {
    const top = horizonOf(rows, 4);
    const grain = [0.2, 0.45, 0.72].map((share) =>
      stroke(`M0 ${number(top + (60 - top) * share)}H64`, [216, 170, 112], 0.5),
    );
    return (
      band(top, 64, wood) +
      grain.join("") +
      band(top, top + 0.8, [240, 206, 156]) +
      band(60.5, 64, woodEdge)
    );
  },

  shelf: (rows) =>
    rows
      .map(
        (y) =>
          band(y - 0.8, y + 2.4, wood) +
          band(y + 2.4, y + 3.8, woodEdge) +
          `<rect y="${number(y + 3.8)}" width="64" height="1.2" fill-opacity=".16"/>`,
      )
      .join(""),

  grass(rows) {
    const top = horizonOf(rows, 6);
    let tufts = "";
    for (let at = 0; at < 12; at++) {
      const [x, y] = [(at * 23 + 5) % 64, top + 3 + ((at * 17) % Math.floor(60 - top))];
      tufts += stroke(
        `M${x} ${number(y)}l-1 -2M${x} ${number(y)}v-2.4M${x} ${number(y)}l1 -2`,
        [146, 198, 92],
        0.6,
      );
    }
    return band(top, 64, grass) + band(top, top + 1, [176, 220, 120]) + tufts;
  },

  beach(rows) {
    const top = horizonOf(rows, 5);
    let grains = "";
    for (let at = 0; at < 16; at++) {
      const [x, y] = [(at * 29 + 3) % 64, top + 2 + ((at * 13) % Math.floor(61 - top))];
      grains += stroke(`M${x} ${number(y)}h.6`, [230, 206, 154], 0.7);
    }
    return (
      band(top - 7, top, sea) + band(top - 1.2, top, [206, 232, 232]) + band(top, 64, sand) + grains
    );
  },
};

/** The line where the surface ends, behind the rear row. */
function horizonOf(rows: readonly number[], behind: number): number {
  return rows[0]! - behind;
}

function band(from: number, to: number, colour: Rgb): string {
  return `<rect y="${number(from)}" width="64" height="${number(to - from)}" fill="${hex(colour)}"/>`;
}
