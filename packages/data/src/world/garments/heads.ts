/**
 * @file What makes each animal itself: ears and spikes behind its head, its face, its tail. In figure units;
 * the gradients `fur`, `belly` and `arms` are the painter's. A hat covers the head above y = −13.
 */

import { ink, oval, patch, shape, stroke, twice } from "../paint/shape.js";
import type { Rgb } from "../palette.js";
import type { Animal } from "./animals.js";

export interface Head {
  /** Behind everything: tails, and what reaches beyond the head. */
  readonly behind: string;
  /** On the bare head: masks, cheeks, eyes, nose. */
  readonly face: string;
  /** On the bare torso, inside its outline. @default an oval belly */
  readonly chest?: string;
}

const white: Rgb = [255, 255, 255];
const blush: Rgb = [246, 138, 132];
const rose: Rgb = [236, 146, 150];
const beak: Rgb = [246, 158, 48];

const cheeks = twice(patch(oval(10.2, -2.2, 2.3, 1.5), blush, 0.7));
const smile = stroke("M-2.2 .6Q-1.2 2 0 .9Q1.2 2 2.2 .6", ink, 0.9);

/** Round dark eyes with a light in each. */
function eyes(x: number, y: number, radius = 2): string {
  const one = (at: number) =>
    patch(oval(at, y, radius * 0.9, radius), ink) +
    patch(oval(at - radius * 0.25, y - radius * 0.35, radius * 0.36, radius * 0.36), white);
  return one(-x) + one(x);
}

/** A saw of spikes around the head and down both flanks. */
function spikes(): string {
  const points: string[] = [];
  const count = 25;
  for (let at = 0; at <= 2 * count; at++) {
    const angle = ((-222 + (264 * at) / (2 * count)) * Math.PI) / 180;
    const reach = at % 2 ? 1.2 : 0.98;
    points.push(
      `${(17.2 * reach * Math.cos(angle)).toFixed(2)} ${(-5.5 + 15.8 * reach * Math.sin(angle)).toFixed(2)}`,
    );
  }
  return shape(
    `M${points.join("L")}L15 9L17.6 11.6L13.6 12.6L15.4 16.6L11 16.6L9 21H-9L-11 16.6L-15.4 16.6L-13.6 12.6L-17.6 11.6L-15 9Z`,
    "fur",
  );
}

export const heads: Readonly<Record<Animal, Head>> = {
  penguin: {
    behind: "",
    face:
      patch(
        "M0 -8.6C-2.4 -14 -11.8 -12.8 -11.8 -5.4C-11.8 .8 -6.6 3.8 0 3.8C6.6 3.8 11.8 .8 11.8 -5.4C11.8 -12.8 2.4 -14 0 -8.6Z",
        "belly",
      ) +
      cheeks +
      eyes(5.6, -5.4) +
      shape("M-3.6 -3Q0 -5.4 3.6 -3Q2.4 .6 0 1.4Q-2.4 .6 -3.6 -3Z", beak) +
      stroke("M-3 -2.4Q0 -1 3 -2.4", [190, 98, 30], 0.7),
  },

  hedgehog: {
    behind: spikes(),
    face:
      patch(
        "M0 -10.4L-3 -12.8L-4.8 -9.4L-8.2 -11L-9 -7.4L-12.2 -7.2C-13.4 -1 -8 4 0 4C8 4 13.4 -1 12.2 -7.2L9 -7.4L8.2 -11L4.8 -9.4L3 -12.8Z",
        "belly",
      ) +
      cheeks +
      eyes(5.4, -4.6, 1.9) +
      shape(oval(0, -1.4, 2.1, 1.7), [62, 44, 52]) +
      patch(oval(-0.6, -2, 0.6, 0.45), white) +
      stroke("M-2.4 1.6Q0 3 2.4 1.6", ink, 0.9),
  },

  fox: {
    behind:
      shape(
        "M8 22C15 24 22.6 20 23.4 12.4C23.8 8 20.4 4.6 17.8 6.4C15 8.6 17.6 14.4 8 17Z",
        "fur",
      ) +
      patch(
        "M23.2 12.6C23.8 8 20.4 4.6 17.8 6.4C16.6 7.6 17 9.6 16.8 11.6L19 10.6L20.2 13L22 11.6Z",
        [255, 240, 218],
      ) +
      twice(
        shape("M5.4 -17.4Q9.6 -25.6 14.2 -27.6Q16.4 -20 14 -11.4Z", "fur") +
          patch("M9.6 -17.6Q11.6 -22 13.4 -23.6Q14.4 -19 13 -14Z", [84, 56, 58]),
      ),
    face:
      twice(
        patch(
          "M0 .4C3 -.6 5.6 -4.6 9 -5C11.6 -5.4 13.8 -4.4 14.4 -6C14.8 0 9.6 4.3 0 4.3Z",
          "belly",
        ),
      ) +
      eyes(6, -6.2, 1.9) +
      shape("M-2.4 -2Q0 -3.2 2.4 -2Q1.4 .4 0 .6Q-1.4 .4 -2.4 -2Z", [62, 44, 52]) +
      stroke("M-2.2 1.9Q-1 3 0 1.8Q1 3 2.2 1.9", ink, 0.8),
  },

  cat: {
    behind:
      stroke("M8 21C17 23 16.4 15 20.6 12.6C23 11.2 23.6 8 21.6 6.6", ink, 5) +
      stroke("M8 21C17 23 16.4 15 20.6 12.6C23 11.2 23.6 8 21.6 6.6", [240, 188, 116], 3.2) +
      stroke("M22.6 9.4C23 8.4 22.6 7.2 21.6 6.6", [206, 138, 70], 3.2) +
      twice(
        shape("M3.8 -18.6Q9.4 -24.4 14.6 -25.8Q15.8 -19 14.2 -10.4Z", "fur") +
          patch("M9 -18.4Q11.4 -21.2 13.4 -22.2Q13.8 -18 13.2 -14.4Z", rose),
      ),
    face:
      stroke("M0 -12.4V-9.4M-3.2 -12.2L-2.8 -10M3.2 -12.2L2.8 -10", [206, 138, 70], 1.5) +
      twice(stroke("M13.6 -9L11 -8.4M14 -6L11.6 -5.8", [206, 138, 70], 1.5)) +
      patch(oval(0, 0.6, 5.2, 3.3), "belly") +
      eyes(6, -5.4, 2.2) +
      shape("M-1.7 -1.8H1.7Q1 .2 0 .3Q-1 .2 -1.7 -1.8Z", rose) +
      stroke("M0 .4V1.4M-2.4 1.6Q-1.2 2.8 0 1.6Q1.2 2.8 2.4 1.6", ink, 0.8) +
      twice(stroke("M8 -.8L16.6 -2.4M8 .8L16.4 1.4", ink, 0.6)),
  },

  bear: {
    behind: twice(
      shape(oval(11.6, -16.6, 5.1, 5), "fur") + patch(oval(11.9, -16.4, 2.8, 2.7), [232, 196, 150]),
    ),
    face:
      patch(oval(0, -0.4, 6.2, 4.5), "belly") +
      cheeks +
      eyes(6.2, -5.8, 1.9) +
      shape(oval(0, -2.2, 2.6, 1.8), [70, 48, 52]) +
      patch(oval(-0.8, -2.8, 0.8, 0.5), white) +
      stroke("M0 -.4V1M-2.6 1Q-1.3 2.6 0 1.2Q1.3 2.6 2.6 1", ink, 0.9),
  },

  panda: {
    behind: twice(shape(oval(11.4, -17, 4.9, 4.7), "arms")),
    face:
      `<g transform="rotate(-28 -6.2 -5)">${patch(oval(-6.2, -5, 3.5, 4.5), "arms")}</g>` +
      `<g transform="rotate(28 6.2 -5)">${patch(oval(6.2, -5, 3.5, 4.5), "arms")}</g>` +
      patch(oval(-5.8, -5.4, 1.7, 1.9), white) +
      patch(oval(5.8, -5.4, 1.7, 1.9), white) +
      eyes(5.6, -5.2, 1.25) +
      cheeks +
      shape(oval(0, -1.4, 2.1, 1.4), [62, 50, 60]) +
      smile,
    chest: patch("M-12 8.4Q0 13.4 12 8.4V2H-12Z", "arms"),
  },

  rabbit: {
    behind: twice(
      shape("M6.4 -15C4.8 -22 8.6 -28.2 13 -28.4C17.4 -28 17 -19 12.8 -12.4Z", "fur") +
        patch(
          "M9.4 -16.6C8.8 -21.6 10.8 -25.4 12.8 -25.4C15 -25 13.8 -19.4 11.4 -15.4Z",
          rose,
          0.9,
        ),
    ),
    face:
      twice(patch(oval(2.6, 0.9, 3.3, 2.6), "belly")) +
      cheeks +
      eyes(6, -5.2, 2.1) +
      shape("M-1.8 -2.4H1.8Q1 -.4 0 -.3Q-1 -.4 -1.8 -2.4Z", rose) +
      patch("M-1.7 1.6H1.7V4.2Q0 4.8 -1.7 4.2Z", white) +
      stroke("M0 1.8V4.2M-1.7 1.6V4.2Q0 4.8 1.7 4.2V1.6", ink, 0.5) +
      stroke("M0 -.2V1M-2.8 1.2Q-1.4 2.2 0 1.1Q1.4 2.2 2.8 1.2", ink, 0.8),
  },

  owl: {
    behind: twice(shape("M7 -18L16 -24.6Q16.6 -17 13.8 -11Z", "fur")),
    face:
      twice(shape(oval(5.9, -5.6, 6.2, 6.2), [250, 232, 200])) +
      twice(patch(oval(5.5, -5.6, 4, 4), [250, 186, 56])) +
      eyes(5.3, -5.6, 2.6) +
      shape("M-2.2 -3.6Q0 -4.8 2.2 -3.6Q1.6 -.4 0 1.2Q-1.6 -.4 -2.2 -3.6Z", beak),
    chest:
      patch(oval(0, 13, 7.4, 8.4), "belly") +
      stroke(
        "M-4.4 9.4L-3 11L-1.6 9.4M1.6 9.4L3 11L4.4 9.4M-5.2 13.8L-3.8 15.4L-2.4 13.8M-1.4 13.8L0 15.4L1.4 13.8M2.4 13.8L3.8 15.4L5.2 13.8",
        [158, 120, 112],
        1,
      ),
  },
};
