/**
 * @file Reads a picture of an object without knowing what it should show: outlines in question from the
 * silhouette, the outline from the run of its edge, the likely colours from the body's rim, then object, colour
 * and pattern by comparing what lies within that outline with all of them.
 */
import { softened } from "../judge/likeness.js";
import { filledMask } from "../judge/mask.js";
import { type Picture, side } from "../judge/picture.js";
import { type Colour, colours, distance, distanceToRamp, type Rgb, ramps } from "../palette.js";
import { dress, lay } from "./appearance.js";
import { edgePoints, type Fitted, fitOutlines, intoFrame, shareOf } from "./contour.js";
import { accentOf, type ObjectName, type Outline, objectNames, type Pattern } from "./scene.js";
import { fitSilhouettes } from "./silhouette.js";

export interface SeenObject {
  readonly object: ObjectName;
  readonly outline: Outline;
  readonly colour: Colour;
  readonly pattern: Pattern;
}

/** RGB distance from the backdrop that hides it, whatever is beside it: no pale part of a pattern leaks. */
const solid = { least: 26, share: 0 } as const;
/** Silhouettes this much worse than the best (share of differing pixels) are out of the question. */
const costReach = 0.1;
/** How much it counts against an object that its silhouette (share of differing pixels) fits worse than the best. */
const silhouetteWeight = 1500;

/** What the picture shows, or undefined if nothing stands out from its backdrop. */
export function readObject(picture: Picture): SeenObject | undefined {
  const mask = filledMask(picture, solid);
  const fits = fitSilhouettes(mask);
  const best = fits[0];
  if (!best) return undefined;

  // 1. The outline, from the edge.
  const near = fits.filter(({ cost }) => cost <= best.cost + costReach);
  const points = edgePoints(mask, best.x, best.y);
  const among = [...new Set(near.map(({ outline }) => outline))];
  const fitted = fitOutlines(points, best.x, best.y, among)[0]!;

  // 2. Object, colour and pattern, within that outline; the likeliest objects first, which shortens the rest.
  const { outline, frame } = fitted;
  const laid = lay(picture, softened(picture.rgb), frame);
  const worst = fits.at(-1)!;
  const byObject = objectNames
    .map((object) => {
      const fit = fits.find(({ objects }) => objects.includes(object)) ?? worst;
      return { object, extra: silhouetteWeight * (fit.cost - best.cost) };
    })
    .sort((one, other) => one.extra - other.extra);
  let least = Infinity;
  let seen: SeenObject | undefined;
  for (const colour of rimColours(picture, fitted)) {
    for (const { object, extra } of byObject) {
      const dressed = dress(laid, { object, outline, colour }, least - extra);
      if (!dressed) continue;
      least = dressed.cost + extra;
      seen = { object, outline, colour, pattern: dressed.pattern };
    }
  }
  return seen;
}

/** Part of the body, as factors of its outline, in which no object hides its own colour. */
const rim = { inner: 0.7, outer: 0.98 } as const;
/** Nearer than this (RGB distance) to a tone a pixel has it. */
const toneReach = 30;
/** How well a body of some colour explains a pixel of its rim. */
const explains = { body: 1, accent: 0.9, blend: 0.75 } as const;
/** Colours that explain this much less of the rim than the best one are out of the question. */
const colourReach = 0.88;

/** The colours that explain the rim best, each together with the second colour its pattern would have. */
function rimColours({ rgb }: Picture, { frame, outline }: Fitted): Colour[] {
  const within = intoFrame(frame);
  const scores = new Map<Colour, number>(colours.map((colour) => [colour, 0]));
  for (let at = 0; at < side * side; at++) {
    const [across, down] = within((at % side) + 0.5, Math.floor(at / side) + 0.5);
    const share = shareOf(outline, across * 100, down * 100);
    if (share > rim.outer || share < rim.inner) continue;
    const pixel: Rgb = [rgb[at * 3]!, rgb[at * 3 + 1]!, rgb[at * 3 + 2]!];
    for (const colour of colours)
      scores.set(colour, scores.get(colour)! + explained(pixel, colour));
  }
  const enough = colourReach * Math.max(...scores.values());
  return colours.filter((colour) => scores.get(colour)! >= enough);
}

function explained(pixel: Rgb, colour: Colour): number {
  if (distanceToRamp(pixel, ramps[colour]) < toneReach) return explains.body;
  const accent = accentOf(colour);
  if (distance(pixel, accent) < toneReach) return explains.accent;
  const base = ramps[colour][1];
  return distanceToRamp(pixel, [base, base, accent]) < toneReach ? explains.blend : 0;
}
