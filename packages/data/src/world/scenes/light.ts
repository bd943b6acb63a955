/** @file The light of a time of day and the colours of a season, as places use them. */
import type { Random } from "../../random.js";
import { blend, hex, type Rgb } from "../palette.js";
import type { Season, Time } from "./scene.js";

/** What a place is painted with. */
export interface Mood {
  readonly time: Time;
  readonly season: Season;
  readonly random: Random;
  /** The hex of a daylight colour in this light; `haze` from 0 (near) to 1 (far) fades it into the sky. */
  ink(colour: Rgb, haze?: number): string;
  readonly grass: Rgb;
  /** Leaves of broad trees, several tones. */
  readonly leaves: readonly Rgb[];
}

/** Factor on each channel of a daylight colour. */
export const lights: Readonly<Record<Time, Rgb>> = {
  sunrise: [1.02, 0.9, 0.86],
  day: [1, 1, 1],
  sunset: [0.92, 0.66, 0.56],
  night: [0.34, 0.42, 0.66],
};

/** The sky from the top to the horizon. */
export const skies: Readonly<Record<Time, readonly Rgb[]>> = {
  sunrise: [
    [132, 178, 232],
    [250, 196, 206],
    [255, 236, 176],
  ],
  day: [
    [84, 166, 240],
    [150, 206, 250],
    [222, 242, 254],
  ],
  sunset: [
    [84, 52, 122],
    [226, 84, 82],
    [255, 170, 60],
  ],
  night: [
    [8, 12, 42],
    [20, 32, 82],
    [46, 64, 122],
  ],
};

const grasses: Readonly<Record<Season, Rgb>> = {
  none: [98, 168, 78],
  spring: [134, 204, 92],
  summer: [152, 196, 52],
  autumn: [190, 150, 72],
  winter: [240, 246, 252],
};

const foliage: Readonly<Record<Season, readonly Rgb[]>> = {
  none: [
    [58, 128, 62],
    [76, 148, 70],
  ],
  spring: [
    [248, 170, 202],
    [255, 204, 224],
    [240, 146, 190],
  ],
  summer: [
    [44, 140, 54],
    [84, 164, 48],
  ],
  autumn: [
    [214, 84, 32],
    [236, 150, 34],
    [182, 50, 36],
  ],
  winter: [
    [226, 236, 246],
    [206, 220, 236],
  ],
};

export function moodOf(time: Time, season: Season, random: Random): Mood {
  const light = lights[time];
  const air = skies[time][2]!;
  return {
    time,
    season,
    random,
    ink(colour, haze = 0) {
      const lit = blend(litBy(colour, light), air, haze * 0.75);
      return hex(lit);
    },
    grass: grasses[season],
    leaves: foliage[season],
  };
}

export function litBy(colour: Rgb, light: Rgb): Rgb {
  return [colour[0] * light[0], colour[1] * light[1], colour[2] * light[2]];
}
