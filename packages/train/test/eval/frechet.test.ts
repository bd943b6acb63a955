/** @file The Fréchet distance against cases that can be worked out by hand. */
import { SeededRandom } from "dalle-ts/parts";
import { expect, test } from "vitest";
import { frechetDistance } from "../../src/eval/frechet.js";

/** Normally distributed points: deviation[axis] · z + mean[axis]. */
function cloud(count: number, mean: readonly number[], deviation: readonly number[], seed: number) {
  const { next } = new SeededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return Array.from({ length: count }, () =>
    Float32Array.from(mean, (centre, axis) => centre + deviation[axis]! * normal()),
  );
}

test("a set is at distance 0 from itself and from its own order reversed", () => {
  const points = cloud(50, [1, 2, 3], [1, 0.5, 2], 1);
  expect(frechetDistance(points, points)).toBeCloseTo(0, 6);
  expect(frechetDistance(points, points.toReversed())).toBeCloseTo(0, 6);
});

test("a shift adds its squared length", () => {
  const points = cloud(50, [0, 0], [1, 2], 2);
  const moved = points.map((point) => Float32Array.of(point[0]! + 3, point[1]! - 4));
  expect(frechetDistance(points, moved)).toBeCloseTo(25, 3);
});

test("of axes that vary apart, the squared differences of the deviations add up", () => {
  const a = cloud(20_000, [0, 0, 0], [1, 2, 3], 3);
  const b = cloud(20_000, [0, 0, 0], [2, 2, 1], 4);
  // (1 − 2)² + (2 − 2)² + (3 − 1)² = 5; twenty thousand points know it to about 0.1.
  expect(Math.abs(frechetDistance(a, b) - 5)).toBeLessThan(0.2);
  expect(frechetDistance(a, b)).toBeCloseTo(frechetDistance(b, a), 6);
});

test("fewer than two vectors have no distance", () => {
  const points = cloud(2, [0], [1], 5);
  expect(() => frechetDistance(points.slice(1), points)).toThrow(
    "A Fréchet distance needs two vectors or more in each set, got 1 and 2; judge more pictures.",
  );
});
