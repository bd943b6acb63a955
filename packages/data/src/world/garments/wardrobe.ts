/** @file The four garments, cut to the one figure that all animals share. */

import { oval, shading, shape, stroke, twice } from "../paint/shape.js";
import { type Colour, type Rgb, ramps, toneOf } from "../palette.js";
import type { GarmentName } from "./scene.js";

/** One garment in figure units; defines a gradient of its own name. */
export function paintGarment(name: GarmentName, colour: Colour, shade: number): string {
  const ramp = ramps[colour];
  const fold = toneOf(ramp, shade - 1);
  const shine = toneOf(ramp, shade + 1);
  return shading(name, ramp, shade) + cuts[name]({ fold, shine });
}

type Tones = Readonly<Record<"fold" | "shine", Rgb>>;

const cuts: Readonly<Record<GarmentName, (tones: Tones) => string>> = {
  hat: ({ fold, shine }) =>
    shape(oval(0, -25.6, 2.7, 2.5), "hat") +
    shape("M-9.6 -14.5C-10.4 -27 10.4 -27 9.6 -14.5Z", "hat") +
    stroke("M-4.6 -21.2C-5.4 -19.6 -5.7 -18.4 -5.7 -17.4", shine, 1.3) +
    stroke("M3.4 -22.6C4.6 -21 5.1 -19.4 5.2 -17.6M-.4 -23.4V-17.6", fold, 0.6) +
    shape(
      "M-10.6 -16.6Q0 -19.4 10.6 -16.6Q11.8 -14.6 10.8 -12.6Q0 -15.4 -10.8 -12.6Q-11.8 -14.6 -10.6 -16.6Z",
      "hat",
    ) +
    stroke(
      "M-6.4 -17.3L-6.6 -14.2M-2.2 -17.8V-14.7M2.2 -17.8V-14.7M6.4 -17.3L6.6 -14.2",
      fold,
      0.6,
    ),

  gloves: ({ fold, shine }) =>
    twice(
      shape("M-14 11.2Q-11.4 9.6 -12.8 13.4Q-14 15.6 -15.6 15Z", "gloves") +
        shape(
          "M-14.4 9.4C-18 8.8 -22.2 11.2 -22 15C-21.8 18.4 -18 19.6 -15.6 18C-14.2 17 -13.4 15.6 -12.2 14.4C-11.2 13 -12.4 10 -14.4 9.4Z",
          "gloves",
        ) +
        stroke("M-14.9 10.6Q-14.6 13.6 -12.7 14.6", fold, 0.8) +
        stroke("M-19.8 13Q-20.4 14.4 -20 15.6", shine, 1),
    ),

  shirt: ({ fold, shine }) =>
    shape(
      "M-5.6 2.6Q0 5.4 5.6 2.6Q9.4 3.4 12 6L15.4 9.4L11.6 14L9.8 12.6Q10.4 15 10.2 16.8Q0 18.8 -10.2 16.8Q-10.4 15 -9.8 12.6L-11.6 14L-15.4 9.4L-12 6Q-9.4 3.4 -5.6 2.6Z",
      "shirt",
    ) +
    stroke("M-4.6 3.8Q0 7 4.6 3.8", fold, 0.9) +
    twice(stroke("M-9.8 12.4L-8.6 9", fold, 0.7)) +
    stroke("M-5.6 8.4Q-7 11 -6.8 14", shine, 1.2),

  pants: ({ fold, shine }) =>
    shape(
      "M-10.4 14.8Q0 17 10.4 14.8L11 24.8Q5.8 26.6 1.2 25.2L0 21.4L-1.2 25.2Q-5.8 26.6 -11 24.8Z",
      "pants",
    ) +
    stroke(
      "M-10 17.2Q0 19.4 10 17.2M0 18.6V21M-10.6 23.2Q-5.6 25 -1.6 23.8M10.6 23.2Q5.6 25 1.6 23.8",
      fold,
      0.7,
    ) +
    stroke("M-7.6 19.6V21.8", shine, 1.1),
};
