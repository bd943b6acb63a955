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

/** Points a side of a table; the solid's nominal width is `tableWidth` points. */
export const tableSize = 96;
export const tableWidth = 76;
/** The middle of the solid's base in the table. */
export const tableBase = { x: 48, y: 78 } as const;
export const bare = 9;
const softness = 3;

/** Turns that are told apart; a solid in between looks enough like its neighbours. */
const turns = [-15, -5, 5, 15];
const grays: Ramp = [
  [0, 0, 0],
  [127.5, 127.5, 127.5],
  [255, 255, 255],
];
const unit = 64 / tableSize;

let tables: ReadonlyMap<Shape, readonly Template[]> | undefined;

/** Every view of every shape; painted on first use. */
export function templates(): ReadonlyMap<Shape, readonly Template[]> {
  tables ??= new Map(shapes.map((shape) => [shape, viewsOf(shape)]));
  return tables;
}

function viewsOf(shape: Shape): Template[] {
  const round = shape !== "cube" && shape !== "pyramid";
  const place = { x: tableBase.x * unit, y: tableBase.y * unit, width: tableWidth * unit };
  return (["left", "right"] as const).flatMap((light) =>
    (round ? [0] : turns).map((turn): Template => {
      const body = paintSolid({ shape, turn, light, shade: 0, ...place }, grays, "solid");
      const rgba = rasteriseRgba(body, tableSize);
      return { shape, sharp: tonesOf(rgba, 0), soft: tonesOf(rgba, softness) };
    }),
  );
}

/** `rgba` is premultiplied, so averages weigh each point by its coverage. */
function tonesOf(rgba: Uint8Array, radius: number): Float32Array {
  return Float32Array.from({ length: tableSize ** 2 }, (_, at) => {
    const [x, y] = [at % tableSize, Math.floor(at / tableSize)];
    let [gray, alpha, points] = [0, 0, 0];
    for (let ny = Math.max(0, y - radius); ny <= Math.min(tableSize - 1, y + radius); ny++) {
      for (let nx = Math.max(0, x - radius); nx <= Math.min(tableSize - 1, x + radius); nx++) {
        gray += rgba[(ny * tableSize + nx) * 4]!;
        alpha += rgba[(ny * tableSize + nx) * 4 + 3]!;
        points++;
      }
    }
    return alpha < 127.5 * points ? bare : (gray / alpha) * 2 - 1;
  });
}
