/**
 * @file Reads a picture of a pair without knowing what it should show: the thing from the upper panel, where it is as it
 * is, then the change, by painting that thing with every change and comparing the lower panel.
 */
import { emptiness, findLikeness, type Likeness, likenessOf, softened } from "../judge/likeness.js";
import { type Picture, side } from "../judge/picture.js";
import { newLayer, rgbOf, stamp } from "../paint/layer.js";
import { distance, type Rgb } from "../palette.js";
import { drawingOf, type Panel, paintPanel, placementIn, tints } from "./paint.js";
import { type Change, changes, type PairsNuisance } from "./scene.js";
import { setsOf, type Thing, things } from "./thing.js";

export type SeenPair = { readonly thing: Thing; readonly change: Change | "none" };

/** The farthest that a thing is looked for from the middle of its panel, in pixels. */
const reach = { x: 4, y: 2 } as const;
/** A panel that differs from a painting by more than this share of what an empty one does shows something else. */
const strange = 0.6;
/** The same of the lower panel; larger, because the thin lines of a large sketch are faint when it is reduced. */
const nothing = 0.95;

interface Known {
  readonly panel: Panel;
  readonly likeness: Likeness;
}

let known: readonly Known[] | undefined;

/** Everything in every set, from both sides; painted on first use. */
function likenesses(): readonly Known[] {
  const isNear = (x: number, y: number) => Math.abs(x - 31.5) < 16 && y > 2 && y < 29;
  known ??= things.flatMap((thing) =>
    setsOf(thing).flatMap((set) =>
      [false, true].map((mirrored) => {
        const nuisance: PairsNuisance = { set, mirrored, tint: 0, zoom: 1, lean: 0, shift: [0, 0] };
        const panel = { thing, nuisance };
        const layer = newLayer(side);
        stamp(layer, drawingOf(panel, side), placementIn(panel, side));
        return { panel, likeness: likenessOf(layer.pixels, isNear) };
      }),
    ),
  );
  return known;
}

/** What the picture shows, or undefined if the upper panel shows none of the things. */
export function readPair(picture: Picture): SeenPair | undefined {
  const all = likenesses();
  const target = softened(picture.rgb);
  const [found] = findLikeness(
    all.map(({ likeness }) => likeness),
    picture,
    target,
    reach,
  );
  const { panel, likeness } = all[found!.index]!;
  if (found!.cost > strange * emptiness(likeness, picture, target, found!)) return undefined;
  const nuisance = {
    ...panel.nuisance,
    tint: tintOf(picture.rows),
    shift: [found!.dx, found!.dy] as const,
  };
  return { thing: panel.thing, change: changeOf({ ...panel, nuisance }, target) };
}

/** The change whose painting is nearest to the lower panel. */
function changeOf(panel: Panel, target: Float32Array): Change | "none" {
  let best: { change: Change | "none"; cost: number } = { change: "none", cost: Infinity };
  for (const change of changes) {
    const layer = newLayer(side);
    paintPanel(layer, { ...panel, change }, 1);
    const painted = softened(Float32Array.from(rgbOf(layer)));
    let [cost, empty] = [0, 0];
    for (let y = 35; y < side - 2; y++) {
      for (let x = 2; x < side - 2; x++) {
        for (let channel = 0; channel < 3; channel++) {
          const at = (y * side + x) * 3 + channel;
          // The panel's own corner is its backdrop in every painting but a close-up.
          const backdrop = painted[(35 * side + 2) * 3 + channel]!;
          cost += (painted[at]! - target[at]!) ** 2;
          empty += (backdrop - target[at]!) ** 2;
        }
      }
    }
    if (cost < best.cost) best = { change: cost < nothing * empty ? change : "none", cost };
  }
  return best.change;
}

/** The tint that the upper panel's backdrop is nearest to. */
function tintOf(rows: Float32Array): number {
  const sum = [0, 0, 0];
  for (let y = 2; y < 30; y++)
    for (let channel = 0; channel < 3; channel++) sum[channel]! += rows[y * 3 + channel]! / 28;
  const apart = tints.map((tint) => distance(tint, sum as unknown as Rgb));
  return apart.indexOf(Math.min(...apart));
}
