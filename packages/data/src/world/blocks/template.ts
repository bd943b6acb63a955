/**
 * @file What each solid looks like, as tables to compare a picture with: silhouette and tones of every shape,
 * turn and light, painted once by the painter itself.
 */
import { rasteriseRgba } from "../paint/raster.js";
import type { Ramp } from "../palette.js";
import { type Shape, shapes } from "./scene.js";
import { paintSolid } from "./solid.js";

export interface Template {
  readonly shape: Shape;
  /** size × size: tone of each point, −1 to 1; `bare` outside the silhouette. */
  readonly sharp: Float32Array;
  /** The same, averaged over `softness` points each way: how a small solid's pixels see it. */
  readonly soft: Float32Array;
}

/** Measures of a table, in points. */
export const table = {
  /** Its side. */
  size: 96,
  /** The solid's nominal width. */
  width: 76,
  /** The middle of the solid's base. */
  base: { x: 48, y: 78 },
} as const;
/** Value of a point outside the silhouette. */
export const bare = 9;
const softness = 3;

/** Turns that are told apart; a solid in between looks enough like its neighbours. */
const turns = [-15, -5, 5, 15];
const grays: Ramp = [
  [0, 0, 0],
  [127.5, 127.5, 127.5],
  [255, 255, 255],
];
const unit = 64 / table.size;

let tables: ReadonlyMap<Shape, readonly Template[]> | undefined;

/** Every view of every shape; painted on first use. */
export function templates(): ReadonlyMap<Shape, readonly Template[]> {
  tables ??= new Map(shapes.map((shape) => [shape, viewsOf(shape)]));
  return tables;
}

function viewsOf(shape: Shape): Template[] {
  const round = shape !== "cube" && shape !== "pyramid";
  const place = { x: table.base.x * unit, y: table.base.y * unit, width: table.width * unit };
  return (["left", "right"] as const).flatMap((light) =>
    (round ? [0] : turns).map((turn): Template => {
      const body = paintSolid({ shape, turn, light, shade: 0, ...place }, grays, "solid");
      const rgba = rasteriseRgba(body, table.size);
      return { shape, sharp: tonesOf(rgba, 0), soft: tonesOf(rgba, softness) };
    }),
  );
}

/** `rgba` is premultiplied, so averages weigh each point by its coverage. */
function tonesOf(rgba: Uint8Array, radius: number): Float32Array {
  return Float32Array.from({ length: table.size ** 2 }, (_, at) => {
    const [x, y] = [at % table.size, Math.floor(at / table.size)];
    let [gray, alpha, points] = [0, 0, 0];
    for (let ny = Math.max(0, y - radius); ny <= Math.min(table.size - 1, y + radius); ny++) {
      for (let nx = Math.max(0, x - radius); nx <= Math.min(table.size - 1, x + radius); nx++) {
        gray += rgba[(ny * table.size + nx) * 4]!;
        alpha += rgba[(ny * table.size + nx) * 4 + 3]!;
        points++;
      }
    }
    return alpha < 127.5 * points ? bare : (gray / alpha) * 2 - 1;
  });
}
