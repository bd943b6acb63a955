/**
 * @file Finds the likely outlines of an object from its silhouette alone: the filled shape that stands out from the
 * backdrop is compared with every outline, bare or with the post, handle or cutlery that goes with it.
 */
import { type Box, boundsOf } from "../judge/mask.js";
import { side } from "../judge/picture.js";
import { rasteriseRgba } from "../paint/raster.js";
import { paintObject } from "./paint.js";
import { type ObjectName, type Outline, objectNames, outlines } from "./scene.js";

/** A silhouette, and where in the picture its outline's middle is (canvas units). */
export interface Candidate {
  readonly x: number;
  readonly y: number;
  readonly outline: Outline;
  /** The objects that have this silhouette. */
  readonly objects: readonly ObjectName[];
  /** Pixels that differ, as a share of the silhouette. */
  readonly cost: number;
}

/** Objects that add nothing to their outline's silhouette, then those that do. */
const kinds: readonly (readonly ObjectName[])[] = [
  objectNames.filter((name) => name !== "plate" && name !== "sign" && name !== "mirror"),
  ["plate"],
  ["sign"],
  ["mirror"],
];

/** Tables of silhouettes: points a side, points per 100 outline units, and the outline's middle. */
const table = { size: 128, radius: 31, x: 64, y: 54 } as const;

interface Silhouette {
  readonly outline: Outline;
  readonly objects: readonly ObjectName[];
  /** size × size: 1 inside. */
  readonly inside: Uint8Array;
  readonly box: Box;
}

let known: readonly Silhouette[] | undefined;

/** Painted on first use. */
function silhouettes(): readonly Silhouette[] {
  known ??= kinds.flatMap((objects) => outlines.map((outline) => silhouetteOf(objects, outline)));
  return known;
}

function silhouetteOf(objects: readonly ObjectName[], outline: Outline): Silhouette {
  const unit = 64 / table.size;
  const place = `translate(${table.x * unit} ${table.y * unit}) scale(${(table.radius * unit) / 100})`;
  const look = { object: objects[0]!, outline, colour: "red", pattern: "plain" } as const;
  const body = paintObject({ ...look, light: "left", shade: 0 });
  const rgba = rasteriseRgba(`<g transform="${place}">${body}</g>`, table.size);
  // The shadow is fainter than half.
  const inside = Uint8Array.from({ length: table.size ** 2 }, (_, at) =>
    rgba[at * 4 + 3]! > 127 ? 1 : 0,
  );
  return { outline, objects, inside, box: boundsOf(inside, table.size)! };
}

/** Every other row and column will do. */
const stride = 2;
/** How many silhouettes are fitted with care, after a first look at all. */
const shortlist = 12;

/** The likeliest silhouettes in their best poses, the best first; empty if nothing stands out. */
export function fitSilhouettes(mask: Uint8Array): Candidate[] {
  const box = boundsOf(mask, side);
  if (!box) return [];
  const byCost = (one: { cost: number }, other: { cost: number }) => one.cost - other.cost;
  return silhouettes()
    .map((silhouette) => {
      const pose = firstPose(box, silhouette);
      return { silhouette, pose, cost: costOf(mask, box, silhouette, pose) };
    })
    .sort(byCost)
    .slice(0, shortlist)
    .map(({ silhouette, pose }) => fitOne(mask, box, silhouette, pose))
    .sort(byCost);
}

type Triple = readonly [x: number, y: number, radius: number];

/** The pose in which the silhouette fills the box. */
function firstPose(box: Box, { box: own }: Silhouette): Triple {
  const area = ({ left, right, top, bottom }: Box) => (right - left) * (bottom - top);
  const scale = Math.sqrt(area(box) / area(own));
  return [
    (box.left + box.right) / 2 - ((own.left + own.right) / 2 - table.x) * scale,
    (box.top + box.bottom) / 2 - ((own.top + own.bottom) / 2 - table.y) * scale,
    table.radius * scale,
  ];
}

/** Descends from a first pose: steps of 1 and ½ units in x, y and radius. */
function fitOne(mask: Uint8Array, box: Box, silhouette: Silhouette, first: Triple): Candidate {
  const { outline, objects } = silhouette;
  let pose = first;
  let cost = costOf(mask, box, silhouette, pose);
  for (const step of [1, 0.5]) {
    for (let moved = true; moved; ) {
      moved = false;
      for (const axis of [0, 1, 2] as const) {
        for (const by of [-step, step]) {
          const next: [number, number, number] = [pose[0], pose[1], pose[2]];
          next[axis] += by;
          const nextCost = costOf(mask, box, silhouette, next);
          if (nextCost < cost - 1e-6) [pose, cost, moved] = [next, nextCost, true];
        }
      }
    }
  }
  return { outline, objects, x: pose[0], y: pose[1], cost };
}

/** Pixels that differ, as a share of the mask's; looks at every other row and column. */
function costOf(
  mask: Uint8Array,
  box: Box,
  { inside }: Silhouette,
  [x0, y0, radius]: Triple,
): number {
  const scale = table.radius / Math.max(4, radius);
  // Three units around the box: a silhouette that reaches farther is far too large in any case.
  const [left, right] = [Math.max(0, box.left - 3), Math.min(side, box.right + 3)];
  const [top, bottom] = [Math.max(0, box.top - 3), Math.min(side, box.bottom + 3)];
  let wrong = 0;
  let area = 1;
  for (let y = top; y < bottom; y += stride) {
    const row = Math.floor((y + 0.5 - y0) * scale + table.y);
    const inTable = row >= 0 && row < table.size;
    for (let x = left, at = y * side + left; x < right; x += stride, at += stride) {
      const column = Math.floor((x + 0.5 - x0) * scale + table.x);
      const onTable = inTable && column >= 0 && column < table.size;
      const covered = onTable ? inside[row * table.size + column]! : 0;
      const here = mask[at]!;
      area += here;
      if (here !== covered) wrong++;
    }
  }
  return wrong / area;
}
