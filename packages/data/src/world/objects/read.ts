/**
 * @file Reads a picture of an object without knowing what it should show: the likeliest outlines from the
 * silhouette, the colour from the body's rim, then object, pattern and outline by painting the possibilities
 * in that place and comparing.
 */
import { softened } from "../judge/likeness.js";
import { type Picture, side } from "../judge/picture.js";
import { rasteriseRgba } from "../paint/raster.js";
import { type Colour, colours, distance, distanceToRamp, type Rgb, ramps } from "../palette.js";
import { polygons } from "./outline.js";
import { type Look, paintObject } from "./paint.js";
import { accentOf, type ObjectName, type Outline, type Pattern, patterns } from "./scene.js";
import { type Candidate, fitSilhouettes, type Pose } from "./silhouette.js";

export interface SeenObject {
  readonly object: ObjectName;
  readonly outline: Outline;
  readonly colour: Colour;
  readonly pattern: Pattern;
}

/** Silhouettes this much worse than the best (share of differing pixels) are out of the question. */
const costReach = 0.05;
/** How many outlines are compared by painting them. */
const contenders = 4;
/** The small moves tried for each of them, in canvas units and degrees. */
const moves = { lean: 1.7, radius: 0.3, x: 0.3, y: 0.3 } as const;

type Unshaded = Omit<Look, "shade">;

/** What the picture shows, or undefined if nothing stands out from its backdrop. */
export function readObject(picture: Picture): SeenObject | undefined {
  const fits = fitSilhouettes(picture);
  const best = fits[0];
  if (!best) return undefined;
  const target = softened(picture.rgb);

  // 1. Object, colour and pattern, on the best outline of each kind of silhouette still in question.
  const near = fits.filter(({ cost }) => cost <= best.cost + costReach);
  const bestOfKinds = near.filter(
    (fit, index) => near.findIndex(({ objects }) => objects === fit.objects) === index,
  );
  const looks = rimColours(picture, best).flatMap((colour) =>
    bestOfKinds.flatMap((fit) =>
      fit.objects.flatMap((object) =>
        patterns.map((pattern) => ({
          fit,
          look: { object, pattern, colour, light: "left" as const },
        })),
      ),
    ),
  );
  const compare = (look: Unshaded, pose: Pose) => difference(picture, target, look, pose);
  const { fit, look } = least(looks, (one) =>
    compare({ ...one.look, outline: one.fit.outline }, one.fit),
  );

  // 2. The outline, now that all else of the object is known: each rival in the pose that suits it best.
  const lights = (["left", "right"] as const).map((light) => ({ ...look, light }));
  const lit = least(lights, (one) => compare({ ...one, outline: fit.outline }, fit));
  const rivals = near.filter(({ objects }) => objects === fit.objects).slice(0, contenders);
  const { outline } = least(rivals, (rival) =>
    settled((pose) => compare({ ...lit, outline: rival.outline }, pose), rival),
  );
  const { object, colour, pattern } = look;
  return { object, outline, colour, pattern };
}

/** The lowest cost near a pose, after one round of small moves. */
function settled(costOf: (pose: Pose) => number, { x, y, radius }: Pose): number {
  let pose: Pose = { x, y, radius, lean: 0 };
  let cost = costOf(pose);
  for (const [axis, step] of Object.entries(moves) as [keyof Pose, number][]) {
    for (const by of [-step, step]) {
      const next = { ...pose, [axis]: (pose[axis] ?? 0) + by };
      const nextCost = costOf(next);
      if (nextCost < cost) [pose, cost] = [next, nextCost];
    }
  }
  return cost;
}

function least<Value>(values: readonly Value[], cost: (value: Value) => number): Value {
  const costs = values.map(cost);
  return values[costs.indexOf(Math.min(...costs))]!;
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
function rimColours({ rgb }: Picture, { x, y, radius, outline }: Candidate): Colour[] {
  const scores = new Map<Colour, number>(colours.map((colour) => [colour, 0]));
  for (let at = 0; at < side * side; at++) {
    const across = (((at % side) + 0.5 - x) * 100) / radius;
    const down = ((Math.floor(at / side) + 0.5 - y) * 100) / radius;
    const within = (factor: number) => inside(outline, across / factor, down / factor);
    if (!within(rim.outer) || within(rim.inner)) continue;
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

/** Even-odd rule, in outline units. */
function inside(outline: Outline, x: number, y: number): boolean {
  const points = polygons[outline];
  let odd = false;
  for (const [index, [x1, y1]] of points.entries()) {
    const [x2, y2] = points[(index + 1) % points.length]!;
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) odd = !odd;
  }
  return odd;
}

/** Mean squared difference of the slightly blurred picture from this look painted on its backdrop. */
function difference({ rows }: Picture, target: Float32Array, look: Unshaded, pose: Pose): number {
  const { x, y, radius, lean = 0 } = pose;
  const frame = `translate(${x} ${y}) rotate(${lean}) scale(${radius / 100})`;
  const rgba = rasteriseRgba(
    `<g transform="${frame}">${paintObject({ ...look, shade: 0 })}</g>`,
    side,
  );
  const painted = new Float32Array(side * side * 3);
  for (let at = 0; at < side * side; at++) {
    const bare = 1 - rgba[at * 4 + 3]! / 255;
    const row = Math.floor(at / side) * 3;
    for (let channel = 0; channel < 3; channel++) {
      painted[at * 3 + channel] = rgba[at * 4 + channel]! + bare * rows[row + channel]!;
    }
  }
  const seen = softened(painted);
  let sum = 0;
  for (let at = 0; at < seen.length; at++) sum += (seen[at]! - target[at]!) ** 2;
  return sum / seen.length;
}
