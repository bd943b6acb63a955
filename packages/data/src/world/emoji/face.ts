/** @file Faces for things: two eyes, a mouth and cheeks, drawn on the 64 × 64 canvas and stamped where there is room. */
import { ellipse, number } from "../paint/draw.js";
import type { Layer } from "../paint/layer.js";
import type { Mood } from "./mood.js";

const ink = "#2b1a1a";
const eyes = [18, 46] as const;
const eyeLine = 27;

type Eye = (x: number, inwards: 1 | -1) => string;

/** A big dark eye in a thin white rim, with two glints: it shows on every colour. */
const open: Eye = (x) =>
  ellipse(x, eyeLine, 10, 11.5, 'fill="#fff"') +
  ellipse(x, eyeLine, 8.2, 9.7, `fill="${ink}"`) +
  ellipse(x - 2.6, eyeLine - 3.8, 3.2, 3.4, 'fill="#fff"') +
  ellipse(x + 3, eyeLine + 4, 1.6, 1.6, 'fill="#fff"');

const wide: Eye = (x) =>
  ellipse(x, eyeLine, 12, 13.5, `fill="#fff" stroke="${ink}" stroke-width="2"`) +
  ellipse(x, eyeLine, 5.4, 6, `fill="${ink}"`) +
  ellipse(x - 1.8, eyeLine - 2.4, 2, 2, 'fill="#fff"');

/** Lines are drawn twice, in white and within it in ink. */
function stroke(path: string, width: number): string {
  const line = (colour: string, thickness: number) =>
    `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${number(thickness)}" stroke-linecap="round" stroke-linejoin="round"/>`;
  return line("#fff", width + 2.6) + line(ink, width);
}

const closed: Eye = (x) => stroke(`M${x - 9} ${eyeLine} q9 9 18 0`, 4.4);
const browed =
  (rise: number): Eye =>
  (x, inwards) =>
    open(x, inwards) +
    stroke(
      `M${x - 10 * inwards} ${eyeLine - 13 - rise} L${x + 9 * inwards} ${eyeLine - 13 + rise}`,
      4.4,
    );
const loving: Eye = (x) =>
  `<path d="M${x} ${eyeLine + 12}c-18-13-13-24-6-24c4 0 6 4 6 6c0-2 2-6 6-6c7 0 12 11-6 24z" fill="#e8203a" stroke="#fff" stroke-width="2"/>`;

const cheeks = eyes
  .map((x) => ellipse(x + (x < 32 ? -8 : 8), 43, 6, 4, 'fill="#ff5d7a" fill-opacity=".55"'))
  .join("");
const grin =
  `<path d="M21 42q11 3 22 0q0 16-11 16q-11 0-11-16z" fill="${ink}" stroke="#fff" stroke-width="2" paint-order="stroke"/>` +
  ellipse(32, 53.5, 6, 3.6, 'fill="#f2647b"');
const frown = stroke("M22 55q10-12 20 0", 4.4);
const tear =
  '<path d="M52 38c5 7 6 10 6 13a6 6 0 0 1-12 0c0-3 1-6 6-13z" fill="#5bb8ff" stroke="#fff" stroke-width="1.6"/>';

const faces: Readonly<Record<Exclude<Mood, "none">, { eye: Eye; rest: string }>> = {
  happy: { eye: open, rest: cheeks + grin },
  sad: { eye: browed(-4), rest: frown + tear },
  angry: { eye: browed(4.5), rest: frown },
  surprised: {
    eye: wide,
    rest: ellipse(32, 52, 6.5, 8.5, `fill="${ink}" stroke="#fff" stroke-width="1.8"`),
  },
  sleepy: {
    eye: closed,
    rest: cheeks + ellipse(32, 49, 4, 4.6, `fill="${ink}" stroke="#fff" stroke-width="1.6"`),
  },
  loving: { eye: loving, rest: cheeks + grin },
};

export function faceDrawing(mood: Exclude<Mood, "none">): string {
  const { eye, rest } = faces[mood];
  return rest + eye(eyes[0], 1) + eye(eyes[1], -1);
}

/** Where a face fits: the middle and radius of the largest circle inside a shape, as shares of its side. */
export interface Room {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Distances to the outside by two sweeps over the pixels; the pull to the shape's own middle breaks near-ties. */
export function roomFor({ side, pixels }: Layer): Room {
  const depth = new Float64Array(side * side);
  let [sumX, sumY, count] = [0, 0, 0];
  for (let at = 0; at < depth.length; at++) {
    const inside = pixels[at * 4 + 3]! > 128;
    depth[at] = inside ? side : 0;
    if (!inside) continue;
    sumX += at % side;
    sumY += Math.floor(at / side);
    count++;
  }
  const depthAt = (x: number, y: number) =>
    x < 0 || y < 0 || x >= side || y >= side ? 0 : depth[y * side + x]!;
  const relax = (x: number, y: number, back: 1 | -1) => {
    const at = y * side + x;
    const near = Math.min(depthAt(x - back, y), depthAt(x, y - back)) + 1;
    const far = Math.min(depthAt(x - back, y - back), depthAt(x + back, y - back)) + Math.SQRT2;
    depth[at] = Math.min(depth[at]!, near, far);
  };
  for (let y = 0; y < side; y++) for (let x = 0; x < side; x++) relax(x, y, 1);
  for (let y = side - 1; y >= 0; y--) for (let x = side - 1; x >= 0; x--) relax(x, y, -1);
  const [middleX, middleY] = [sumX / count, sumY / count];
  let best = { x: 0.5, y: 0.5, radius: 0 };
  let most = 0;
  for (let at = 0; at < depth.length; at++) {
    const [x, y] = [at % side, Math.floor(at / side)];
    const worth = depth[at]! - 0.15 * Math.hypot(x - middleX, y - middleY);
    if (worth <= most) continue;
    most = worth;
    best = { x: (x + 0.5) / side, y: (y + 0.5) / side, radius: depth[at]! / side };
  }
  return best;
}
