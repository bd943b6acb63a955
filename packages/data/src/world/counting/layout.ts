/**
 * @file Where the things stand: in one row, or in two, the rear one higher up. Things of one picture have one
 * size, and stand apart far enough to be counted after a blur.
 */
import type { Random } from "../../random.js";

/** The place of one thing: the middle of its base, in canvas units, and its lean in degrees. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly lean: number;
}

export interface Layout {
  /** Side of the square that each thing fits into, standing on its lower side. */
  readonly size: number;
  readonly spots: readonly Spot[];
  /** The base lines of the rows, the rear one first. */
  readonly rows: readonly number[];
}

/** Things in the rear row and in the front row; one row is a front row. */
type Rows = readonly [rear: number, front: number];

const arrangements: readonly (readonly Rows[])[] = [
  [[0, 1]],
  [[0, 2]],
  [
    [0, 3],
    [1, 2],
    [2, 1],
  ],
  [
    [2, 2],
    [1, 3],
    [3, 1],
  ],
  [
    [2, 3],
    [3, 2],
  ],
  [[3, 3]],
];

/** The largest size for so many things in the fullest row: in one row, or in two. */
const single = [30, 24, 16.5];
const double = [20, 20, 16];
/** Free border of every picture: judges read the backdrop there. */
const margin = 4;
/** Room between two things at least, across and down. */
const gap = { x: 3, y: 5 } as const;

export function drawLayout(number: number, random: Random): Layout {
  const [rear, front] = random.pick(arrangements[number - 1]!);
  const fullest = Math.max(rear, front) - 1;
  const size = rounded((rear > 0 ? double : single)[fullest]! * random.between(0.92, 1));
  if (rear === 0) {
    const y = random.between(47, 54) + (number === 1 ? 3 : 0);
    return { size, rows: [y], spots: rowOf(front, size, y, random) };
  }
  const y = random.between(57, 59);
  const rearY = rounded(y - size - gap.y - random.between(0, 2));
  return {
    size,
    rows: [rearY, y],
    spots: [...rowOf(rear, size, rearY, random), ...rowOf(front, size, y, random)],
  };
}

/** Spread over the picture's width, what room is left shared out by chance. */
function rowOf(number: number, size: number, y: number, random: Random): Spot[] {
  const room = 64 - 2 * margin - number * size - (number - 1) * gap.x;
  const shares = Array.from({ length: number + 1 }, (_, index) =>
    random.between(index === 0 || index === number ? 0.4 : 0.7, 1),
  );
  const total = shares.reduce((sum, share) => sum + share, 0);
  let left = margin;
  return shares.slice(0, number).map((share) => {
    left += (room * share) / total;
    const x = rounded(left + size / 2);
    left += size + gap.x;
    return { x, y, lean: random.between(-3, 3) };
  });
}

/** Three decimals survive JSON and print short. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
