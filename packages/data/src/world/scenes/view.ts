/** @file Where the camera stands: what a view shows of the canvas, and the bend of a fisheye. */
import { canvas } from "../paint/raster.js";
import type { View } from "./scene.js";
import type { Image } from "./styles/raster.js";
import { perSide } from "./tables.js";

/** Shows the canvas around a focus, enlarged: point p goes to 32 + (p − focus) · zoom. */
export interface Camera {
  readonly zoom: number;
  readonly focus: readonly [x: number, y: number];
}

/** How big the animal is and where it sits, in canvas units, before the camera. */
export interface Stand {
  readonly x: number;
  /** Of its feet. */
  readonly foot: number;
  readonly height: number;
}

export function standFor(view: View, aside: number): Stand {
  if (view === "wide") return { x: canvas / 2 + aside * 2, foot: 55, height: 17 };
  if (view === "aerial") return { x: canvas / 2 + aside * 0.6, foot: 48, height: 24 };
  if (view === "fisheye") return { x: canvas / 2 + aside * 0.3, foot: 56, height: 38 };
  return { x: canvas / 2 + aside, foot: 59, height: 38 };
}

/** `head`: the middle of the animal's head in canvas units; `nearest`: how much of an extreme it bears. */
export function cameraFor(
  view: View,
  { x, foot, height }: Stand,
  head: readonly [number, number],
  nearest: number,
): Camera {
  const looking = (zoom: number, focus: readonly [number, number]): Camera => {
    const half = canvas / 2 / zoom;
    const within = (value: number) => Math.max(half, Math.min(canvas - half, value));
    return { zoom, focus: [within(focus[0]), within(focus[1])] };
  };
  if (view === "close-up") return looking(1.7, [x, (head[1] + foot - height * 0.5) / 2]);
  if (view === "extreme close-up") return looking(nearest, head);
  return looking(1, [canvas / 2, canvas / 2]);
}

/** Where each pixel of a fisheye's picture comes from; −1 outside its disc. */
const bends = perSide((side) => {
  const from = new Int32Array(side * side).fill(-1);
  for (let at = 0; at < from.length; at++) {
    const [u, v] = [((at % side) + 0.5) / side - 0.5, (Math.floor(at / side) + 0.5) / side - 0.5];
    const radius = Math.hypot(u, v) / 0.48;
    if (radius >= 1) continue;
    const bent = (0.5 * (0.52 + 0.48 * radius ** 2.4)) / 0.48;
    const sample = (value: number) =>
      Math.max(0, Math.min(side - 1, Math.floor((0.5 + value * bent) * side)));
    from[at] = sample(v) * side + sample(u);
  }
  return from;
});

/** Bends the picture outwards into a disc on black. */
export function fisheye({ side, pixels }: Image): Image {
  const result = new Uint8Array(pixels.length);
  const sources = bends(side);
  for (let at = 0, to = 0; at < sources.length; at++, to += 3) {
    const from = sources[at]! * 3;
    if (from < 0) continue;
    result[to] = pixels[from]!;
    result[to + 1] = pixels[from + 1]!;
    result[to + 2] = pixels[from + 2]!;
  }
  return { side, pixels: result };
}

/** Black bars above and below, as in films. */
export function letterbox({ side, pixels }: Image): Image {
  const result = pixels.slice();
  const bar = Math.round(side * 0.14) * side * 3;
  result.fill(8, 0, bar);
  result.fill(8, result.length - bar);
  return { side, pixels: result };
}
