/** @file Reads a picture of a section without knowing what it should show: the likeliest thing, and the wall. */
import { findLikeness, type Likeness, likenessOf, softened } from "../judge/likeness.js";
import { type Picture, side } from "../judge/picture.js";
import { colours, distance, distanceToRamp, type Rgb, ramps } from "../palette.js";
import { paintSection } from "./paint.js";
import { type Subject, subjects, type Wall } from "./scene.js";
import { tints } from "./wall.js";

export type SeenSection = { readonly subject: Subject; readonly wall: Wall };

const zooms = [0.95, 1, 1.05] as const;
/** The farthest that a thing is looked for from the middle, in pixels. */
const reach = { x: 6, y: 4 } as const;
/** More unlike than this (mean square) to everything, a picture shows none of it. */
const strange = 3000;

interface Known {
  readonly subject: Subject;
  readonly likeness: Likeness;
}

let known: readonly Known[] | undefined;

/** Everything in every size; painted on first use. */
function likenesses(): readonly Known[] {
  known ??= subjects.flatMap((subject) =>
    zooms.map((zoom) => {
      const body = `<g transform="translate(32 32) scale(${zoom})">${paintSection(subject, 1)}</g>`;
      const isNear = (x: number, y: number) => Math.hypot(x - 31.5, y - 31.5) < 26;
      return { subject, likeness: likenessOf(body, isNear) };
    }),
  );
  return known;
}

/** What the picture shows, or undefined if it shows no section. */
export function readSection(picture: Picture): SeenSection | undefined {
  const all = likenesses();
  const [found] = findLikeness(
    all.map(({ likeness }) => likeness),
    picture,
    softened(picture.rgb),
    reach,
  );
  if (!found || found.cost > strange) return undefined;
  return { subject: all[found.index]!.subject, wall: wallOf(picture.rows) };
}

/** The wall that most rows of the backdrop are nearest to. */
function wallOf(rows: Float32Array): Wall {
  const mean = (apart: (tone: Rgb) => number) => {
    let sum = 0;
    for (let row = 0; row < side; row++)
      sum += apart([rows[row * 3]!, rows[row * 3 + 1]!, rows[row * 3 + 2]!]);
    return sum / side;
  };
  const costs: [Wall, number][] = [
    ...colours.map((colour): [Wall, number] => [
      colour,
      mean((tone) => distanceToRamp(tone, ramps[colour])),
    ]),
    ...tints.map((tint): [Wall, number] => ["plain", mean((tone) => distance(tone, tint))]),
  ];
  return costs.reduce((best, next) => (next[1] < best[1] ? next : best))[0];
}
