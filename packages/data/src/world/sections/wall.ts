/** @file The walls behind sections: soft tints that are none of the eleven colours, and the colours. */
import { stop } from "../paint/draw.js";
import { blend, type Colour, type Rgb, ramps, toneOf } from "../palette.js";

export const tints: readonly Rgb[] = [
  [252, 226, 214], // peach
  [150, 220, 220], // aqua
  [196, 164, 196], // mauve
  [126, 184, 186], // teal
  [176, 226, 150], // spring green
];

/** A wall over the whole canvas, lighter above. `tone` is that of a coloured one. */
export function paintWall(wall: "plain" | Colour, tint: number, tone: number): string {
  const at = (by: number): Rgb =>
    wall === "plain"
      ? blend(tints[tint]!, by > 0 ? [255, 255, 255] : [0, 0, 0], Math.abs(by) / 4)
      : toneOf(ramps[wall], tone + by);
  return `<linearGradient id="wall" x2="0" y2="1">${stop(0, at(0.15))}${stop(1, at(-0.15))}</linearGradient><rect width="64" height="64" fill="url(#wall)"/>`;
}
