/**
 * @file What a small transformer does to a picture, in short: edges wander by up to two pixels of 128, parts
 * stand a little off their places, and blotches of what is near lie about.
 */
import type { Random } from "../src/index.js";

/** Pixels (of 128) between the knots of a wandering, and how far it strays at most. */
const edges = { spacing: 8, most: 2 } as const;
const parts = { spacing: 32, most: 5 } as const;
const blotches = { count: 20, radius: 2.5, from: 8 } as const;

export function ragged(pixels: Uint8Array, size: number, random: Random): Uint8Array {
  const unit = size / 128;
  const [right, right2, down, down2] = [edges, parts, edges, parts].map((one) =>
    wandering(size, one, random),
  );
  const result = new Uint8Array(pixels.length);
  const copy = (to: number, x: number, y: number) => {
    const clamp = (at: number) => Math.max(0, Math.min(size - 1, Math.round(at)));
    const from = (clamp(y) * size + clamp(x)) * 3;
    result.set(pixels.subarray(from, from + 3), to * 3);
  };
  for (let at = 0; at < size * size; at++) {
    const [x, y] = [at % size, Math.floor(at / size)];
    copy(at, x + right![at]! + right2![at]!, y + down![at]! + down2![at]!);
  }
  for (let blotch = 0; blotch < blotches.count; blotch++) {
    const [x, y] = [random.between(0.1, 0.9) * size, random.between(0.1, 0.9) * size];
    const away = () => random.between(-blotches.from, blotches.from) * unit;
    const [dx, dy] = [away(), away()];
    for (let at = 0; at < size * size; at++) {
      const off = Math.hypot((at % size) - x, Math.floor(at / size) - y);
      if (off < blotches.radius * unit) copy(at, x + dx, y + dy);
    }
  }
  return result;
}

/** A random value of every pixel, smooth between the knots of a grid. */
function wandering(size: number, { spacing, most }: typeof edges | typeof parts, random: Random) {
  const unit = size / 128;
  const row = Math.ceil(128 / spacing) + 2;
  const knots = Array.from({ length: row * row }, () => random.between(-most, most) * unit);
  return Float64Array.from({ length: size * size }, (_, at) => {
    const [x, y] = [(at % size) / spacing / unit, Math.floor(at / size) / spacing / unit];
    const [column, line] = [Math.floor(x), Math.floor(y)];
    const [right, down] = [x - column, y - line];
    const knot = (dx: number, dy: number) => knots[(line + dy) * row + column + dx]!;
    const above = (1 - right) * knot(0, 0) + right * knot(1, 0);
    return (1 - down) * above + down * ((1 - right) * knot(0, 1) + right * knot(1, 1));
  });
}
