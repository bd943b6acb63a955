/**
 * @file What lies within an outline: the picture is laid straight in that outline's frame and compared there
 * with every object, colour and pattern. A pattern may be moved a little, as a drawn one never sits exactly,
 * and no pixel counts as more than quite wrong, so that a blotch does not decide.
 */
import { bilinear } from "../judge/bilinear.js";
import { softened } from "../judge/likeness.js";
import { type Picture, side } from "../judge/picture.js";
import { rasteriseRgba } from "../paint/raster.js";
import type { Colour } from "../palette.js";
import type { Frame } from "./contour.js";
import { paintObject } from "./paint.js";
import { type Cover, paintMarks } from "./pattern.js";
import { type ObjectName, type Outline, type Pattern, patterns } from "./scene.js";

/** The straight frame: a canvas on which 100 outline units are `radius` long around (x, y). */
const straight = { x: 32, y: 27, radius: 20 } as const;
const place = `translate(${straight.x} ${straight.y}) scale(${straight.radius / 100})`;

/** A picture laid straight. */
export interface Laid {
  /** The pixels of the straight frame that the picture reaches, as indices. */
  readonly points: Int32Array;
  /** 64 × 64 × 3, softened. */
  readonly rgb: Float32Array;
  /** 64 × 64 × 3: the backdrop behind. */
  readonly backdrop: Float32Array;
}

export function lay({ rows }: Picture, target: Float32Array, frame: Frame): Laid {
  const angle = (frame.lean * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const points: number[] = [];
  const rgb = new Float32Array(side * side * 3);
  const backdrop = new Float32Array(side * side * 3);
  for (let at = 0; at < side * side; at++) {
    // Softened pictures, and models, have no border.
    if (atBorder(at % side, Math.floor(at / side))) continue;
    const u = (((at % side) + 0.5 - straight.x) / straight.radius) * frame.across;
    const v = ((Math.floor(at / side) + 0.5 - straight.y) / straight.radius) * frame.down;
    const x = frame.x + cosine * u - sine * v - 0.5;
    const y = frame.y + sine * u + cosine * v - 0.5;
    const [column, row] = [Math.floor(x), Math.floor(y)];
    if (atBorder(column, row) || atBorder(column + 1, row + 1)) continue;
    points.push(at);
    const down = y - row;
    for (let channel = 0; channel < 3; channel++) {
      rgb[at * 3 + channel] = bilinear(x, y, (px, py) => target[(py * side + px) * 3 + channel]!);
      backdrop[at * 3 + channel] =
        rows[row * 3 + channel]! * (1 - down) + rows[row * 3 + 3 + channel]! * down;
    }
  }
  return { points: Int32Array.from(points), rgb, backdrop };
}

function atBorder(column: number, row: number): boolean {
  return column < 1 || row < 1 || column >= side - 1 || row >= side - 1;
}

/** An object in the straight frame, with room for any pattern. */
interface Model {
  /** 64 × 64 × 3, premultiplied and softened: without a pattern. (Whole numbers: there are hundreds of models.) */
  readonly plain: Int16Array;
  /** 64 × 64: share of the backdrop that shows. */
  readonly bare: Float32Array;
  /** 64 × 64 × 3: what the pattern's second colour adds where it shows. */
  readonly change: Int16Array;
}

const models = new Map<string, Model>();

/** Painted on first use. */
function modelOf(object: ObjectName, outline: Outline, colour: Colour): Model {
  const key = `${object}|${outline}|${colour}`;
  let model = models.get(key);
  if (!model) {
    const painted = (pattern: Cover) => {
      const body = paintObject({ object, outline, colour, pattern, light: "left", shade: 0 });
      return rasteriseRgba(`<g transform="${place}">${body}</g>`, side);
    };
    const rgba = painted("plain");
    const plain = Int16Array.from(tonesOf(rgba), Math.round);
    model = {
      plain,
      bare: coverOf(rgba).map((share) => 1 - share),
      change: Int16Array.from(tonesOf(painted("covered")), (value, at) =>
        Math.round(value - plain[at]!),
      ),
    };
    models.set(key, model);
  }
  return model;
}

/** 64 × 64 × 3 of RGBA, softened. */
function tonesOf(rgba: Uint8Array): Float32Array {
  return softened(
    new Float32Array(side * side * 3).map((_, at) => rgba[Math.floor(at / 3) * 4 + (at % 3)]!),
  );
}

/** 64 × 64: how much of each pixel RGBA covers, softened. */
function coverOf(rgba: Uint8Array): Float32Array {
  const shares = new Float32Array(side * side * 3).map(
    (_, at) => rgba[Math.floor(at / 3) * 4 + 3]! / 255,
  );
  return softened(shares).filter((_, at) => at % 3 === 0);
}

const marks = new Map<Pattern, Float32Array>();

/** 64 × 64: share of each pixel that the pattern covers. */
function marksOf(pattern: Pattern): Float32Array {
  let covered = marks.get(pattern);
  if (!covered) {
    const rgba = rasteriseRgba(`<g transform="${place}">${paintMarks(pattern)}</g>`, side);
    covered = coverOf(rgba);
    marks.set(pattern, covered);
  }
  return covered;
}

/** How far a pattern is moved, in pixels of the straight frame: close to half its period either way. */
const moves = [-4, -2, 0, 2, 4];
const anywhere = moves.flatMap((dx) => moves.map((dy) => [dx, dy] as const));
const shifts: Readonly<Record<Pattern, readonly (readonly [dx: number, dy: number])[]>> = {
  plain: [[0, 0]],
  stripes: moves.map((dx) => [dx, 0]),
  checkers: anywhere,
  "polka dots": anywhere,
};

/** Squared difference (three channels) above which a pixel is no more wrong. */
const most = 3 * 70 ** 2;
/** A pattern that would change a pixel by less (three channels) does not show there. */
const shows = 3;

/** An object but for its pattern. */
export interface Undressed {
  readonly object: ObjectName;
  readonly outline: Outline;
  readonly colour: Colour;
}

export interface Dressed {
  readonly pattern: Pattern;
  /** Mean squared difference. */
  readonly cost: number;
}

/** The pattern that suits the picture best on this object, or undefined if none costs less than `limit`. */
export function dress(
  laid: Laid,
  { object, outline, colour }: Undressed,
  limit: number,
): Dressed | undefined {
  const { points, rgb, backdrop } = laid;
  const { plain, bare, change } = modelOf(object, outline, colour);
  // What no pattern reaches is compared once.
  let fixed = 0;
  let count = 0;
  const open = new Int32Array(points.length);
  const missing = new Float32Array(points.length * 3);
  for (const at of points) {
    const share = bare[at]!;
    const red = rgb[at * 3]! - plain[at * 3]! - share * backdrop[at * 3]!;
    const green = rgb[at * 3 + 1]! - plain[at * 3 + 1]! - share * backdrop[at * 3 + 1]!;
    const blue = rgb[at * 3 + 2]! - plain[at * 3 + 2]! - share * backdrop[at * 3 + 2]!;
    const reach = change[at * 3]! + change[at * 3 + 1]! + change[at * 3 + 2]!;
    if (Math.abs(reach) > shows) {
      open[count] = at;
      missing[count * 3] = red;
      missing[count * 3 + 1] = green;
      missing[count * 3 + 2] = blue;
      count++;
    } else fixed += Math.min(most, red * red + green * green + blue * blue);
  }
  let best: Dressed | undefined;
  let least = limit * points.length;
  for (const pattern of patterns) {
    const covered = marksOf(pattern);
    for (const [dx, dy] of shifts[pattern]) {
      let sum = fixed;
      for (let index = 0; index < count && sum < least; index++) {
        const at = open[index]!;
        const share = covered[at - dy * side - dx] ?? 0;
        const red = missing[index * 3]! - share * change[at * 3]!;
        const green = missing[index * 3 + 1]! - share * change[at * 3 + 1]!;
        const blue = missing[index * 3 + 2]! - share * change[at * 3 + 2]!;
        sum += Math.min(most, red * red + green * green + blue * blue);
      }
      if (sum < least) {
        least = sum;
        best = { pattern, cost: sum / points.length };
      }
    }
  }
  return best;
}
