/**
 * @file Where the solids of a scene stand: the picture's meaning of sizes and relations, in canvas units.
 * `layout` lists them from the farthest to the nearest, which is the order of painting.
 */
import { canvas } from "../paint/raster.js";
import type { Colour } from "../palette.js";
import type { Arrangement, BlocksScene, Relation, Size } from "./scene.js";
import { type PlacedSolid, proportions, reach, tilt } from "./solid.js";

/** Nominal width of each size. A pair's widths are those that let two large solids stand side by side. */
export const widths: Readonly<Record<Arrangement, Readonly<Partial<Record<Size, number>>>>> = {
  one: { tiny: 14, small: 20, medium: 28, large: 39, huge: 53 },
  pair: { small: 14, medium: 19.5, large: 27 },
  stack: { medium: 23 },
};

/** Free border at the sides of every picture: judges read the backdrop there. */
const margin = 3.5;
/** How far the group strays from the middle of the picture at most. */
const stray = 7;

export interface Placed extends PlacedSolid {
  readonly colour: Colour;
  /** It rests on another solid, not on the floor. */
  readonly raised: boolean;
}

export function layout(scene: BlocksScene): Placed[] {
  const { arrangement, solids, nuisance } = scene;
  const standing = solids.map(
    (solid, index): Placed => ({
      ...solid,
      width: widths[arrangement][solid.size]! * nuisance.zoom,
      x: 0,
      y: 0,
      turn: nuisance.turns[index]!,
      light: nuisance.light,
      shade: nuisance.shade,
      raised: false,
    }),
  );
  return centre(arrange(scene, standing), nuisance.shift);
}

function arrange({ arrangement, relation, nuisance }: BlocksScene, standing: Placed[]): Placed[] {
  if (arrangement === "one") return standing;
  if (arrangement === "stack") {
    const [top, middle, bottom] = standing;
    const onBottom = seat(middle!, bottom!);
    return [bottom!, onBottom, seat(top!, onBottom)];
  }
  const [first, second] = standing as [Placed, Placed];
  const arrangers: Readonly<Record<Relation, () => Placed[]>> = {
    on: () => [second, seat(first, second)],
    below: () => [first, seat(second, first)],
    front: () => beforeAndBehind(first, second, nuisance),
    behind: () => beforeAndBehind(second, first, nuisance),
    left: () => sideBySide(first, second, nuisance),
    right: () => sideBySide(second, first, nuisance),
  };
  return arrangers[relation!]();
}

function seat(upper: Placed, lower: Placed): Placed {
  return { ...upper, x: lower.x, y: lower.y - rise(lower), raised: true };
}

function beforeAndBehind(
  front: Placed,
  rear: Placed,
  { slack, rearSide }: BlocksScene["nuisance"],
): Placed[] {
  const [least, most] = aside(front, rear);
  const x = least + (most - least) * slack;
  const y = rearRise[0] + (rearRise[1] - rearRise[0]) * slack;
  return [{ ...rear, x: rearSide === "left" ? -x : x, y: -y }, front];
}

function sideBySide(left: Placed, right: Placed, { slack }: BlocksScene["nuisance"]): Placed[] {
  const [least, most] = apart(left, right);
  return [left, { ...right, x: least + (most - least) * slack }];
}

type Span = readonly [least: number, most: number];
type Measured = Pick<PlacedSolid, "shape" | "width">;

/** How much higher in the picture a solid stands that rests on `lower`. */
export function rise({ shape, width }: Measured): number {
  return width * proportions[shape].seat * tilt.cos;
}

/** How much higher in the picture the rear solid of two stands. */
export const rearRise: Span = [10, 13];

/** How far to one side the rear solid stands: about half of it shows, whatever the sizes. */
export function aside(front: Measured, rear: Measured): Span {
  const least = rear.width < front.width ? 0.42 : rear.width > front.width ? 0.27 : 0.35;
  const both = front.width + rear.width;
  return [both * least, both * (least + 0.03)];
}

/** Between the middles of two solids side by side. */
export function apart(left: Measured, right: Measured): Span {
  const touching = left.width * reach(left.shape).side + right.width * reach(right.shape).side;
  return [touching + 1, touching + 5];
}

/** Moves the group into the canvas: its middle strays from the canvas's as far as `shift` and room allow. */
function centre(group: Placed[], shift: readonly [number, number]): Placed[] {
  const left = Math.min(...group.map(({ x, width, shape }) => x - width * reach(shape).side));
  const right = Math.max(...group.map(({ x, width, shape }) => x + width * reach(shape).side));
  const top = Math.min(...group.map(({ y, width, shape }) => y - width * reach(shape).up));
  const bottom = Math.max(...group.map(({ y, width, shape }) => y + width * reach(shape).down));
  const place = (low: number, high: number, towards: number) => {
    const room = Math.max(0, Math.min(stray, (canvas - (high - low)) / 2 - margin));
    return canvas / 2 - (low + high) / 2 + room * towards;
  };
  const dx = place(left, right, shift[0]);
  const dy = place(top, bottom, shift[1]);
  return group.map((solid) => ({ ...solid, x: solid.x + dx, y: solid.y + dy }));
}
