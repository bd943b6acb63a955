/**
 * @file The animals' own colours. Every coat keeps its distance from the eleven ramps that garments have, so
 * that nobody takes a bare animal for a dressed one.
 */
import { blend, type Ramp, type Rgb } from "../palette.js";
import type { Animal } from "./animals.js";

export interface Coat {
  /** Head and back. */
  readonly fur: Rgb;
  /** Chest and muzzle. */
  readonly belly: Rgb;
  readonly arms: Rgb;
  readonly legs: Rgb;
  readonly feet: Rgb;
}

export const coats: Readonly<Record<Animal, Coat>> = {
  penguin: {
    fur: [62, 76, 112],
    belly: [255, 246, 222],
    arms: [62, 76, 112],
    legs: [62, 76, 112],
    feet: [246, 158, 60],
  },
  hedgehog: {
    fur: [134, 94, 92],
    belly: [246, 216, 176],
    arms: [238, 202, 158],
    legs: [238, 202, 158],
    feet: [226, 184, 138],
  },
  fox: {
    fur: [220, 116, 66],
    belly: [255, 240, 218],
    arms: [220, 116, 66],
    legs: [220, 116, 66],
    feet: [84, 56, 58],
  },
  cat: {
    fur: [240, 188, 116],
    belly: [255, 236, 204],
    arms: [240, 188, 116],
    legs: [240, 188, 116],
    feet: [255, 236, 204],
  },
  bear: {
    fur: [186, 132, 88],
    belly: [232, 196, 150],
    arms: [186, 132, 88],
    legs: [186, 132, 88],
    feet: [170, 116, 76],
  },
  panda: {
    fur: [255, 244, 218],
    belly: [255, 244, 218],
    arms: [92, 74, 88],
    legs: [92, 74, 88],
    feet: [82, 66, 78],
  },
  rabbit: {
    fur: [228, 206, 186],
    belly: [252, 238, 222],
    arms: [228, 206, 186],
    legs: [228, 206, 186],
    feet: [244, 226, 208],
  },
  owl: {
    fur: [158, 120, 112],
    belly: [240, 218, 182],
    arms: [134, 98, 94],
    legs: [158, 120, 112],
    feet: [244, 170, 70],
  },
};

/** Dark, base and light tone of any colour. */
export function rampOf(base: Rgb): Ramp {
  return [blend(base, [20, 10, 40], 0.3), base, blend(base, [255, 255, 255], 0.3)];
}

export function furOf(animal: Animal): Ramp {
  return rampOf(coats[animal].fur);
}
