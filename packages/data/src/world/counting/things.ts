/**
 * @file The things to count. Each is drawn in a square of 20 units, standing at the origin: x from −10 to 10,
 * y from −20 to 0. The gradient `main` is the thing's own colour.
 */
import { ink, oval, patch, shape, stroke, twice } from "../paint/shape.js";
import { hex, type Ramp, type Rgb, toneOf } from "../palette.js";
import type { Noun } from "./values.js";

const white: Rgb = [255, 255, 255];
const leaf: Rgb = [74, 164, 74];
const bark: Rgb = [110, 74, 50];
const cream: Rgb = [252, 240, 212];

/** In the glass. */
export const water: Rgb = [92, 170, 220];

/** The thing's tones, for folds and lights on it. */
export interface Tones {
  readonly dark: Rgb;
  readonly base: Rgb;
  readonly light: Rgb;
}

export function paintThing(noun: Noun, ramp: Ramp, shade: number): string {
  const dark = toneOf(ramp, shade - 1);
  return things[noun]({ dark, base: toneOf(ramp, shade), light: toneOf(ramp, shade + 1) });
}

const things: Readonly<Record<Noun, (tones: Tones) => string>> = {
  apple: ({ light }) =>
    shape(
      "M0 -14.6C3 -17.6 9.6 -16.6 9.6 -9.4C9.6 -3.6 5.4 0 2.8 0C1.4 0 1 -.6 0 -.6C-1 -.6 -1.4 0 -2.8 0C-5.4 0 -9.6 -3.6 -9.6 -9.4C-9.6 -16.6 -3 -17.6 0 -14.6Z",
      "main",
    ) +
    stroke("M0 -14.2Q.2 -17 -1.2 -19", bark, 1.7) +
    shape("M.6 -16.4Q2.6 -20 7 -19Q5.4 -15.4 .6 -16.4Z", leaf) +
    patch("M-7.4 -10.4Q-7.2 -13.8 -4.4 -14.4Q-5.8 -12.2 -5.8 -9.4Q-7 -8.8 -7.4 -10.4Z", light, 0.9),

  orange: ({ dark, light }) =>
    shape(oval(0, -8.8, 9, 8.8), "main") +
    patch(oval(-3.8, -12.4, 2.2, 1.5), light) +
    stroke("M3 -4h.1M5.4 -7.4h.1M.6 -6.4h.1M-2.8 -4.8h.1M3.4 -10.6h.1M-5.6 -7.6h.1", dark, 0.9) +
    shape("M.2 -17Q2.6 -20.4 7 -19.4Q5.4 -15.6 .2 -17Z", leaf) +
    patch(oval(0, -16.9, 1.2, 0.8), bark),

  banana: ({ dark, light }) =>
    shape(
      "M7.4 -18.6L5.4 -17.8C6 -11.4 2.4 -6.6 -8.4 -5.4Q-10.4 -3.6 -8.6 -2C-1.4 1.8 12.4 -1.6 8.8 -16.8Z",
      "main",
    ) +
    stroke("M6.9 -15.6C7.8 -9 3.4 -3.8 -6.6 -3.6", dark, 1) +
    stroke("M5.4 -11.4C4 -8 1.4 -6.2 -2 -5.2", light, 1) +
    patch("M7.6 -19.4L5.2 -18.4L5.5 -16.6L8.6 -16.8Z", bark) +
    patch("M-8.6 -5.6Q-10.6 -3.8 -8.8 -1.8L-7.4 -2.4Q-8.2 -4 -7.2 -5.4Z", bark),

  glass: ({ light }) =>
    shape("M-7.4 -19L-5.6 -.6Q0 .6 5.6 -.6L7.4 -19Z", "main") +
    patch("M-6.4 -13.2Q0 -11.6 6.4 -13.2L5.2 -1.4Q0 -.4 -5.2 -1.4Z", water) +
    patch(oval(0, -13.2, 6.4, 1.5), [150, 208, 240]) +
    shape(oval(0, -18.8, 7.4, 1.7), light) +
    stroke("M-4.4 -11L-3.6 -4", white, 1.2),

  cup: ({ dark, light }) =>
    stroke("M5 -11.4C10 -12.6 9.6 -3.8 4.4 -4.2", ink, 3.6) +
    stroke("M5 -11.4C10 -12.6 9.6 -3.8 4.4 -4.2", dark, 1.8) +
    shape("M-9.2 -15.6L-8.2 -2Q-7.8 0 -2 0Q4.2 0 4.6 -2L5.6 -15.6Z", "main") +
    shape(oval(-1.8, -15.6, 7.4, 2.3), dark) +
    patch(oval(-1.8, -15.1, 5.8, 1.4), [92, 56, 38]) +
    stroke("M-6.6 -11.4L-6.2 -5", light, 1.4),

  ball: ({ light }) =>
    shape(oval(0, -9.5, 9.4, 9.4), white) +
    patch(
      "M-1.6 -16C-6.6 -13.6 -8.8 -9 -8.9 -8C-8.8 -4.4 -6 -1.4 -3.4 -.8C-4.8 -5.4 -4.2 -11.6 -1.6 -16Z",
      "main",
    ) +
    patch(
      "M.6 -16C5 -14 8.9 -10.4 8.9 -8C8.8 -5 6.6 -2.2 4.6 -1.2C5.6 -6 4.2 -12 .6 -16Z",
      "main",
    ) +
    patch("M-1.4 -18.7Q-5 -18 -7 -15.6L-1 -16.4Q2.8 -17.6 6 -16.6Q3 -18.8 -1.4 -18.7Z", "main") +
    shape(oval(-0.4, -16.2, 1.7, 1.2), light) +
    patch(oval(3, -3, 5, 2.4), [40, 30, 60], 0.1) +
    `<ellipse cy="-9.5" rx="9.4" ry="9.4" fill="none" stroke="${hex(ink)}"/>`,

  star: ({ dark, light }) => {
    const point = (at: number, radius: number) =>
      `${(radius * Math.sin((at * Math.PI) / 5)).toFixed(2)} ${(-9 - radius * Math.cos((at * Math.PI) / 5)).toFixed(2)}`;
    const corners = Array.from({ length: 10 }, (_, at) => point(at, at % 2 ? 5 : 10.4));
    // The right half of each ray lies in its own shade.
    const facets = [0, 2, 4, 6, 8].map((at) =>
      patch(`M0 -9L${corners[at]}L${corners[at + 1]}Z`, dark, 0.55),
    );
    return (
      shape(`M${corners.join("L")}Z`, "main") +
      facets.join("") +
      stroke(`M${point(9.2, 5.2)}L${point(9.85, 7.4)}`, light, 1)
    );
  },

  book: ({ dark, light }) =>
    shape("M-8 -18.4H6.6Q8 -18.4 8 -17V-2.2H-5.6Q-8 -2.2 -8 -.6Z", "main") +
    shape("M-8 -1.4Q-8 -3.4 -5.8 -3.4H8V0H-5.8Q-8 0 -8 -1.4Z", cream) +
    stroke("M-5.4 -1.8H7.4", [190, 170, 140], 0.6) +
    patch("M-7.5 -16.8Q-7.5 -17.9 -6.4 -17.9H-5V-3.8Q-6.6 -3.8 -7.5 -2.8Z", dark, 0.9) +
    patch("M-2.4 -15.4H5.6V-9.8H-2.4Z", cream) +
    stroke("M-.8 -13.6H4M-.8 -11.6H2.4", [120, 100, 90], 0.8) +
    stroke("M-2.2 -6.4H5.4", light, 1),

  candle: ({ light, dark }) =>
    shape("M-8.6 -2.6H8.6Q7.6 0 0 0Q-7.6 0 -8.6 -2.6Z", [214, 186, 104]) +
    stroke("M0 -13.4V-11", ink, 1.6) +
    shape("M0 -20C3.4 -16.6 3.2 -13.2 0 -13.2C-3.2 -13.2 -3.4 -16.6 0 -20Z", [255, 196, 60]) +
    patch("M0 -17C1.5 -15.4 1.4 -13.9 0 -13.9C-1.4 -13.9 -1.5 -15.4 0 -17Z", [255, 246, 190]) +
    shape("M-4.6 -11.2V-2.4Q0 -1.2 4.6 -2.4V-11.2Q0 -12.6 -4.6 -11.2Z", "main") +
    patch(
      "M4.6 -11.2V-7.6Q3.2 -6.6 2.9 -8.6Q2.6 -10 1.2 -9.8Q-.2 -9.4 -.6 -10.6Q-2.6 -10.6 -4.6 -11.2Q0 -12.6 4.6 -11.2Z",
      dark,
      0.5,
    ) +
    stroke("M-2.8 -9V-4.6", light, 1.2),

  mushroom: ({ light }) =>
    shape("M-3.6 -10Q-3.2 -4 -4.4 -1.6Q-4 0 0 0Q4 0 4.4 -1.6Q3.2 -4 3.6 -10Z", [246, 244, 250]) +
    patch("M1.2 -8Q1.8 -3 1.4 -.7Q3 -.8 3.4 -1.8Q2.4 -4 2.6 -8Z", [208, 202, 218]) +
    shape("M-9.8 -8.8C-9.8 -22.6 9.8 -22.6 9.8 -8.8Q9 -6.8 0 -6.8Q-9 -6.8 -9.8 -8.8Z", "main") +
    patch(oval(-4.4, -11.4, 1.9, 2), white) +
    patch(oval(1.2, -15.2, 2.2, 1.8), white) +
    patch(oval(5.4, -10.4, 1.7, 1.8), white) +
    stroke("M-5.4 -15.8Q-4.2 -17.2 -2.6 -17.8", light, 1),

  flower: ({ dark }) => {
    const petals = [0, 72, 144, 216, 288].map(
      (turn) =>
        `<g transform="translate(0 -14) rotate(${turn})">${shape(oval(0, -3.5, 2.7, 2.9), "main")}</g>`,
    );
    return (
      stroke("M0 -12V-5", ink, 2.8) +
      stroke("M0 -12V-5", [64, 150, 70], 1.2) +
      twice(shape("M.4 -6.4Q3.6 -9.8 6.6 -7.6Q4.4 -4.8 .4 -6Z", leaf)) +
      shape("M-5.4 -5.2H5.4L4 0H-4Z", [204, 128, 96]) +
      shape("M-6.2 -6.2H6.2V-4.2H-6.2Z", [222, 150, 116]) +
      petals.join("") +
      shape(oval(0, -14, 2.1, 2.1), [250, 206, 70]) +
      patch(oval(0.5, -13.6, 1.1, 1.1), dark, 0.25)
    );
  },

  duck: ({ light, dark }) =>
    shape(
      "M-9.6 -9.6Q-7 -8.2 -4.4 -8.6Q-2 -9 .6 -8.8L6 -8Q9.4 -6 8.2 -3Q6.6 0 0 0Q-7.6 0 -9 -4Q-9.8 -7 -9.6 -9.6Z",
      "main",
    ) +
    shape("M6.4 -14.6Q10.4 -14.8 9.8 -12.6Q8.6 -11.4 6 -11.8Z", [240, 120, 30]) +
    shape(oval(2.4, -13.6, 5.4, 5.2), "main") +
    patch("M-2 -9.8Q2 -7.6 6.6 -9.6L6 -6.6Q1 -6 -2.6 -7.6Z", "main") +
    patch(oval(4.2, -14.8, 1, 1.2), [40, 30, 40]) +
    patch(oval(3.9, -15.2, 0.4, 0.4), white) +
    shape("M-5.6 -6.2Q-1 -7.2 2.4 -5.6Q1.4 -2 -2.4 -2Q-5 -2.6 -5.6 -6.2Z", light) +
    stroke("M-6.4 -1.6Q0 .2 6 -1.8", dark, 0.7),
};
