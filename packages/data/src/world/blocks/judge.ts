/**
 * @file The judge of `blocks`: reads the picture, then compares what it saw with what the scene claims. It
 * reads the same whatever the claim, so a wrong claim gets no help from being made.
 */
import type { Attributes } from "../grammar.js";
import type { Verdict } from "../scene.js";
import { apart, aside, rearRise, rise, widths } from "./layout.js";
import type { SeenSolid } from "./read.js";
import { type Arrangement, type Relation, roles, type Size, solidsOf } from "./scene.js";

/** Farther than this (canvas units) from where a relation would put it, a solid is not in that relation. */
const relationReach = 7;

/** Attribute → is it so among the solids seen? Keys are those of `claim`. */
export function compare(claim: Attributes, seen: readonly SeenSolid[]): Verdict {
  const arrangement = claim.arrangement as Arrangement;
  const claimed = solidsOf(claim);
  const matched =
    arrangement === "stack"
      ? [...seen].sort((one, other) => one.y - other.y)
      : match(
          claimed.map(({ colour }) => colour),
          seen,
        );
  const verdict: Record<string, boolean> = { arrangement: arrangementOf(seen) === arrangement };
  for (const [index, { shape, colour, size }] of claimed.entries()) {
    const found = matched[index];
    verdict[`${roles[index]}.shape`] = found?.shape === shape;
    verdict[`${roles[index]}.colour`] = found?.colour === colour;
    verdict[`${roles[index]}.size`] =
      found !== undefined && sizeOf(arrangement, found.width) === size;
  }
  if (claim.relation !== undefined) {
    const [first, second] = matched;
    verdict.relation =
      first !== undefined &&
      second !== undefined &&
      holds(claim.relation as Relation, first, second);
  }
  return verdict;
}

/** Solids by their claimed colours; a claim whose colour is missing gets one that nobody claimed. */
function match(claimed: readonly string[], seen: readonly SeenSolid[]): (SeenSolid | undefined)[] {
  const spare = seen.filter(({ colour }) => !claimed.includes(colour));
  return claimed.map((colour) => seen.find((solid) => solid.colour === colour) ?? spare.shift());
}

function arrangementOf(seen: readonly SeenSolid[]): Arrangement | undefined {
  if (seen.length === 1) return "one";
  if (seen.length === 2) return "pair";
  if (seen.length !== 3) return undefined;
  const [top, middle, bottom] = [...seen].sort((one, other) => one.y - other.y);
  const stacked = holds("on", top!, middle!) && holds("on", middle!, bottom!);
  return stacked ? "stack" : undefined;
}

/** The size whose width is nearest, by ratio. */
function sizeOf(arrangement: Arrangement, width: number): Size {
  const ratio = ([, nominal]: [string, number]) => Math.abs(Math.log(width / nominal));
  const bySize = Object.entries(widths[arrangement]) as [Size, number][];
  return bySize.reduce((best, next) => (ratio(next) < ratio(best) ? next : best))[0];
}

/** Several may hold at once: what stands to the left may also stand a little behind. */
function holds(relation: Relation, first: SeenSolid, second: SeenSolid): boolean {
  return relationErrors[relation](first, second) <= relationReach;
}

type RelationError = (first: SeenSolid, second: SeenSolid) => number;

/** How far (canvas units) two solids are from the places that the layout would give them. */
const relationErrors: Readonly<Record<Relation, RelationError>> = {
  on: (upper, lower) => Math.hypot(upper.x - lower.x, lower.y - upper.y - rise(lower)),
  below: (lower, upper) => relationErrors.on(upper, lower),
  front: (front, rear) =>
    Math.hypot(
      beyond(Math.abs(rear.x - front.x), aside(front, rear)),
      beyond(front.y - rear.y, rearRise),
    ),
  behind: (rear, front) => relationErrors.front(front, rear),
  left: (left, right) => {
    const gap = right.x - left.x - apart(left, right)[0];
    // No caption tells how far to the left; the farther, the more one of the two may stand behind the other.
    return Math.hypot(Math.min(0, gap), beyond(Math.abs(right.y - left.y), [0, Math.max(0, gap)]));
  },
  right: (right, left) => relationErrors.left(left, right),
};

/** Distance of a value from a span; 0 inside. */
function beyond(value: number, [least, most]: readonly [number, number]): number {
  return Math.max(0, least - value, value - most);
}
