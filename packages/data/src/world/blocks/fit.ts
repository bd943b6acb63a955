/**
 * @file Finds the solid that best explains one colour's pixels: for every view of every shape, the position
 * and width at which silhouette and tones differ least from the picture.
 */
import { side } from "../judge/picture.js";
import type { Shape } from "./scene.js";
import { reach } from "./solid.js";
import { bare, type Template, tableBase, tableSize, tableWidth, templates } from "./template.js";

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

/** The best fit of any shape, or undefined if the region is empty. */
export function fitSolid(region: Region): Fit | undefined {
  const box = boundsOf(region.kind);
  if (!box) return undefined;
  let best: Fit | undefined;
  for (const [shape, views] of templates()) {
    for (const view of views) {
      const fit = fitView(region, box, shape, view);
      if (!best || fit.cost < best.cost) best = fit;
    }
  }
  return best;
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

/** Descends from the pose that fills the box: steps of 2, 1 and ½ units in x, y and width. */
function fitView(region: Region, box: Box, shape: Shape, view: Template): Fit {
  const { up, down, side: half } = reach(shape);
  const widest = Math.max(
    (box.right - box.left) / (2 * half),
    (box.bottom - box.top) / (up + down),
  );
  let pose: Pose = [(box.left + box.right) / 2, box.bottom - down * widest, widest];
  let cost = costOf(region, box, view, pose);
  for (const step of [2, 1, 0.5]) {
    for (let moved = true; moved; ) {
      moved = false;
      for (const axis of [0, 1, 2] as const) {
        for (const by of [-step, step]) {
          const next: Pose = [...pose];
          next[axis] += by;
          const nextCost = next[2] < 6 ? Infinity : costOf(region, box, view, next);
          if (nextCost < cost - 1e-6) [pose, cost, moved] = [next, nextCost, true];
        }
      }
    }
  }
  return { shape, x: pose[0], y: pose[1], width: pose[2], cost };
}

function costOf(
  { kind, tones, reach: ends }: Region,
  box: Box,
  view: Template,
  [x0, y0, width]: Pose,
): number {
  const scale = tableWidth / width;
  const table = width < softBelow ? view.soft : view.sharp;
  // The window holds the region and the solid, whichever reaches farther.
  const left = Math.max(0, Math.floor(Math.min(box.left, x0 - width * 0.55)));
  const right = Math.min(side, Math.ceil(Math.max(box.right, x0 + width * 0.55)));
  const top = Math.max(0, Math.floor(Math.min(box.top, y0 - width)));
  const bottom = Math.min(side, Math.ceil(Math.max(box.bottom, y0 + width * 0.25)));
  const stride = (right - left) * (bottom - top) > 1200 ? 2 : 1;
  const level = (tone: number) => (tone * (tone < 0 ? ends.dark : ends.light)) / toneUnit;
  let [wrong, area, shared, sum, squares] = [0, 0, 0, 0, 0];
  for (let y = top; y < bottom; y += stride) {
    const row = Math.round((y + 0.5 - y0) * scale + tableBase.y - 0.5);
    const inTable = row >= 0 && row < tableSize;
    for (let x = left; x < right; x += stride) {
      const column = Math.round((x + 0.5 - x0) * scale + tableBase.x - 0.5);
      const tone =
        inTable && column >= 0 && column < tableSize ? table[row * tableSize + column]! : bare;
      const here = kind[y * side + x]!;
      if (here === 1) area++;
      if (tone === bare) {
        if (here === 1) wrong++;
      } else if (here === 1) {
        const difference = level(tones[y * side + x]!) - level(tone);
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
