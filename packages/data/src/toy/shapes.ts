/**
 * @file The toy task's eight shapes as tests "is (x, y) inside?", x to the right and y down, filling about
 * [-1, 1] on both axes.
 */
export const shapeTests: Readonly<Record<string, (x: number, y: number) => boolean>> = {
  circle: (x, y) => x * x + y * y < 1,
  square: (x, y) => Math.max(Math.abs(x), Math.abs(y)) < 0.88,
  triangle: (x, y) => y < 0.85 && y > -1 && Math.abs(x) < (y + 1) * 0.54,
  diamond: (x, y) => Math.abs(x) + Math.abs(y) < 1,
  cross: (x, y) =>
    Math.min(Math.abs(x), Math.abs(y)) < 0.34 && Math.max(Math.abs(x), Math.abs(y)) < 1,
  moon: (x, y) => x * x + y * y < 1 && (x - 0.5) ** 2 + y * y > 0.6,
  heart: (x, y) =>
    (x * x + (1.1 * y + 0.05) ** 2 - 0.62) ** 3 + x * x * (1.1 * y + 0.05) ** 3 * 1.3 < 0,
  arrow: (x, y) => (x > 0 ? Math.abs(y) < 1 - x : x > -1 && Math.abs(y) < 0.36),
};
