/**
 * @file Finds the solid that best explains one colour's pixels: for every view of every shape, the position
 * and width at which silhouette and tones differ least from the picture.
 */
import { side } from "../judge/picture.js";
import type { Shape } from "./scene.js";
import { reach } from "./solid.js";
import { bare, type Template, table, templates } from "./template.js";

/** What is known of each pixel (64 × 64) when one solid is sought. */
export interface Region {
  /** 1 the solid's colour, 0 backdrop, 2 hidden or unclear: another solid may be in front. */
  readonly kind: Uint8Array;
  /** Tone of the pixels of kind 1. */
  readonly tones: Float32Array;
  /** RGB distance from the colour's base tone to its dark and its light end. */
  readonly reach: { readonly dark: number; readonly light: number };
}

/** A solid found: middle of its base and nominal width in canvas units. */
export interface Fit {
  readonly shape: Shape;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Share of the region that the solid does not explain; 0 is perfect. */
  readonly cost: number;
}

/** What a covered pixel that another solid may hide costs, against 1 for an unexplained one. */
const hiddenCost = 0.12;
/** A difference of tone this large (RGB distance) counts as one unexplained pixel. */
const toneUnit = 60;

/** Narrower solids (canvas units) are compared with soft tables. */
const softBelow = 24;

/** How many views are fitted with care, after a coarse fit of all. */
const shortlist = 6;

/** The best fit of any shape, or undefined if the region is empty. */
export function fitSolid(region: Region): Fit | undefined {
  const box = boundsOf(region.kind);
  if (!box) return undefined;
  // A coarse look may skip rows and columns of a large region, never of a small one.
  const stride = (box.right - box.left) * (box.bottom - box.top) > 400 ? 2 : 1;
  return views()
    .map((view) => descend(region, box, firstPose(box, view), [2, 1], stride))
    .sort(byCost)
    .slice(0, shortlist)
    .map(({ view, pose }) => descend(region, box, { view, pose }, [1, 0.5], 1))
    .sort(byCost)
    .map(({ view, pose, cost }) => ({
      shape: view.shape,
      x: pose[0],
      y: pose[1],
      width: pose[2],
      cost,
    }))[0];
}

function views(): readonly Template[] {
  return [...templates().values()].flat();
}

function byCost(one: { readonly cost: number }, other: { readonly cost: number }): number {
  return one.cost - other.cost;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function boundsOf(kind: Uint8Array): Box | undefined {
  let [left, right, top, bottom] = [side, -1, side, -1];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      if (kind[y * side + x] !== 1) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)];
    }
  }
  return right < 0 ? undefined : { left, right, top, bottom };
}

type Pose = [x: number, y: number, width: number];

interface Posed {
  readonly view: Template;
  readonly pose: Pose;
}

/** The pose in which the solid fills the box, or overfills it in one direction. */
function firstPose(box: Box, view: Template): Posed {
  const { up, down, side: half } = reach(view.shape);
  const width = Math.max((box.right - box.left) / (2 * half), (box.bottom - box.top) / (up + down));
  return { view, pose: [(box.left + box.right) / 2, box.bottom - down * width, width] };
}

/** Descends in x, y and width, with each of `steps` (canvas units) in turn. */
function descend(
  region: Region,
  box: Box,
  { view, pose: first }: Posed,
  steps: readonly number[],
  stride: number,
): Posed & { readonly cost: number } {
  let pose = first;
  let cost = costOf(region, box, view, pose, stride);
  for (const step of steps) {
    for (let moved = true; moved; ) {
      moved = false;
      for (const axis of [0, 1, 2] as const) {
        for (const by of [-step, step]) {
          const next: Pose = [pose[0], pose[1], pose[2]];
          next[axis] += by;
          const nextCost = next[2] < 6 ? Infinity : costOf(region, box, view, next, stride);
          if (nextCost < cost - 1e-6) [pose, cost, moved] = [next, nextCost, true];
        }
      }
    }
  }
  return { view, pose, cost };
}

/** What the solid does not explain, as a share of the region; looks at every `stride`-th row and column. */
function costOf(
  { kind, tones, reach: ends }: Region,
  box: Box,
  view: Template,
  [x0, y0, width]: Pose,
  stride: number,
): number {
  const scale = table.width / width;
  const points = width < softBelow ? view.soft : view.sharp;
  const { size, base } = table;
  const outside = bare;
  // The window holds the region and the solid, whichever reaches farther.
  const left = Math.max(0, Math.floor(Math.min(box.left, x0 - width * 0.55)));
  const right = Math.min(side, Math.ceil(Math.max(box.right, x0 + width * 0.55)));
  const top = Math.max(0, Math.floor(Math.min(box.top, y0 - width)));
  const bottom = Math.min(side, Math.ceil(Math.max(box.bottom, y0 + width * 0.25)));
  const [dark, light] = [ends.dark / toneUnit, ends.light / toneUnit];
  let wrong = 0;
  let area = 0;
  let shared = 0;
  let sum = 0;
  let squares = 0;
  for (let y = top; y < bottom; y += stride) {
    const row = Math.floor((y + 0.5 - y0) * scale + base.y);
    const inTable = row >= 0 && row < size;
    for (let x = left, at = y * side + left; x < right; x += stride, at += stride) {
      const column = Math.floor((x + 0.5 - x0) * scale + base.x);
      const onTable = inTable && column >= 0 && column < size;
      const tone = onTable ? points[row * size + column]! : outside;
      const here = kind[at]!;
      if (here === 1) area++;
      if (tone === outside) {
        if (here === 1) wrong++;
      } else if (here === 1) {
        const seen = tones[at]!;
        const difference = seen * (seen < 0 ? dark : light) - tone * (tone < 0 ? dark : light);
        shared++;
        sum += difference;
        squares += difference * difference;
      } else wrong += here === 0 ? 1 : hiddenCost;
    }
  }
  // A common shift of all tones is the picture's shade, no difference of shape.
  const spread = shared === 0 ? 0 : squares - (sum * sum) / shared;
  return (wrong + spread) / Math.max(1, area);
}
