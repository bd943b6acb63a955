/**
 * @file The nine outlines as polygons around the origin, y down, in units where an object's nominal radius
 * is 100. Their areas are about equal, straight-sided ones stand on a side.
 */
import type { Point } from "../paint/draw.js";
import type { Outline } from "./scene.js";

export const polygons: Readonly<Record<Outline, readonly Point[]>> = {
  triangle: regular(3, 124),
  square: regular(4, 119),
  pentagon: regular(5, 111),
  hexagon: regular(6, 107),
  heptagon: regular(7, 105),
  octagon: regular(8, 103),
  circle: regular(72, 99),
  heart: heart(106),
  star: star(126, 68),
};

function at(radius: number, degrees: number): Point {
  const angle = (degrees * Math.PI) / 180;
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

function regular(sides: number, radius: number): Point[] {
  return Array.from({ length: sides }, (_, side) => at(radius, 90 + (side + 0.5) * (360 / sides)));
}

function star(outer: number, inner: number): Point[] {
  return Array.from({ length: 10 }, (_, corner) =>
    at(corner % 2 ? inner : outer, -90 + corner * 36),
  );
}

/** The sine-power heart, its origin well below the notch, so that a round face fits around it. */
function heart(halfWidth: number): Point[] {
  const scale = halfWidth / 16;
  return Array.from({ length: 60 }, (_, step) => {
    const angle = (step / 60) * 2 * Math.PI;
    const x = 16 * Math.sin(angle) ** 3;
    const y =
      13 * Math.cos(angle) -
      5 * Math.cos(2 * angle) -
      2 * Math.cos(3 * angle) -
      Math.cos(4 * angle);
    return [x * scale, -(y + 2) * scale];
  });
}

/** The polygon grown (factor > 1) or shrunk about the origin. */
export function scaled(points: readonly Point[], factor: number): Point[] {
  return points.map(([x, y]) => [x * factor, y * factor]);
}

/** Radius of the largest circle around the origin inside the polygon. */
export function innerRadius(points: readonly Point[]): number {
  return Math.min(
    ...points.map((from, index) => distanceToSide(from, points[(index + 1) % points.length]!)),
  );
}

function distanceToSide([x1, y1]: Point, [x2, y2]: Point): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const share = Math.max(0, Math.min(1, -(x1 * dx + y1 * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x1 + dx * share, y1 + dy * share);
}

/** Left, right, top and bottom of the polygon. */
export function bounds(points: readonly Point[]) {
  const across = points.map(([x]) => x);
  const down = points.map(([, y]) => y);
  return {
    left: Math.min(...across),
    right: Math.max(...across),
    top: Math.min(...down),
    bottom: Math.max(...down),
  };
}
