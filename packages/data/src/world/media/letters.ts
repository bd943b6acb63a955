/** @file Capital letters as strokes: simple enough to be read at a few pixels. Baseline at 6, tops at 0. */
import { number } from "../paint/draw.js";

const round = "M2.100 0C.800 0 0 1.200 0 3S.800 6 2.100 6S4.200 4.800 4.200 3S3.400 0 2.100 0Z";
const bowl = "M0 6V0H2.200a1.700 1.700 0 0 1 0 3.400H0";

/** Letter → its width and its path. */
const letters: Readonly<Record<string, readonly [width: number, path: string]>> = {
  a: [4, "M0 6L2 0L4 6M.800 4H3.200"],
  b: [4, "M0 0V6H2.400a1.600 1.600 0 0 0 0 -3.200H0M0 0H2.200a1.400 1.400 0 0 1 0 2.800"],
  c: [
    3.8,
    "M3.800 1C3.300 .300 2.700 0 2.100 0C.800 0 0 1.200 0 3S.800 6 2.100 6C2.700 6 3.300 5.700 3.800 5",
  ],
  d: [4, "M0 0V6H1.600C3.200 6 4 4.800 4 3S3.200 0 1.600 0Z"],
  e: [3.5, "M3.500 0H0V6H3.500M0 3H3"],
  f: [3.5, "M3.500 0H0V6M0 3H3"],
  g: [
    4,
    "M3.800 1C3.300 .300 2.700 0 2.100 0C.800 0 0 1.200 0 3S.800 6 2.100 6C2.900 6 3.500 5.700 4 5.200V3.200H2.400",
  ],
  h: [4, "M0 0V6M4 0V6M0 3H4"],
  i: [0, "M0 0V6"],
  j: [3, "M3 0V4.400C3 5.500 2.400 6 1.500 6S0 5.500 0 4.600"],
  k: [4, "M0 0V6M4 0L0 3.600M1.400 2.400L4 6"],
  l: [3.4, "M0 0V6H3.400"],
  m: [5, "M0 6V0L2.500 4L5 0V6"],
  n: [4, "M0 6V0L4 6V0"],
  o: [4.2, round],
  p: [4, bowl],
  q: [4.4, `${round}M2.600 4.200L4.400 6.200`],
  r: [4, `${bowl}M2 3.400L4 6`],
  s: [
    3.8,
    "M3.600 .900C3.200 .300 2.600 0 1.900 0C.900 0 .200 .600 .200 1.500C.200 2.500 1 2.800 1.900 3S3.800 3.500 3.800 4.500C3.800 5.400 3 6 1.900 6C1.100 6 .400 5.700 0 5",
  ],
  t: [4, "M0 0H4M2 0V6"],
  u: [4, "M0 0V3.800C0 5.300 .800 6 2 6S4 5.300 4 3.800V0"],
  v: [4, "M0 0L2 6L4 0"],
  w: [5.6, "M0 0L1.300 6L2.800 1L4.300 6L5.600 0"],
  x: [4, "M0 0L4 6M4 0L0 6"],
  y: [4, "M0 0L2 3L4 0M2 3V6"],
  z: [4, "M0 0H4L0 6H4"],
};

/** Of the strokes, in the letters' units. */
const weight = 1.15;
const gap = 2.1;

/** A rectangle around its middle, in canvas units. */
export interface Room {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The word as large as the room allows; `thickness` is a factor on its strokes. */
export function lettering(
  word: string,
  { x, y, width, height }: Room,
  colour: string,
  { thickness = 1, opacity = 1 } = {},
): string {
  const set = [...word].map((letter) => letters[letter]!);
  const long = set.reduce((sum, [wide]) => sum + wide + gap, -gap);
  const scale = Math.min(width / (long + weight), height / (6 + weight));
  let at = -long / 2;
  const strokes = set.map(([wide, path]) => {
    const placed = `<path transform="translate(${number(at)} -3)" d="${path}"/>`;
    at += wide + gap;
    return placed;
  });
  return `<g transform="translate(${number(x)} ${number(y)}) scale(${number(scale)})" fill="none" stroke="${colour}" stroke-width="${number(weight * thickness)}" stroke-opacity="${number(opacity)}" stroke-linecap="round" stroke-linejoin="round">${strokes.join("")}</g>`;
}
