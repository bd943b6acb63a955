/** @file A young animal of `garments`: "baby penguin wearing a blue hat and red gloves". */

import { type Animal, animals } from "../../garments/animals.js";
import { slots } from "../../garments/captions.js";
import { furOf } from "../../garments/fur.js";
import { paintFigure } from "../../garments/paint.js";
import {
  drawAttributes,
  garmentNames,
  garmentValues,
  isPossible,
  type Outfit,
} from "../../garments/scene.js";
import type { Attributes } from "../../grammar.js";
import { number } from "../../paint/draw.js";
import { phraseSlot } from "../phrase.js";
import type { Kind } from "./kind.js";

/** Canvas units of one figure unit. */
const unit = 0.66;
/** Where its feet are, below the figure's origin. */
const foot = 28;

function outfitOf(thing: Attributes): Outfit {
  const worn = garmentNames.filter((name) => thing[name] !== "none");
  return Object.fromEntries(worn.map((name) => [name, thing[name]]));
}

export const dressed: Kind = {
  draw: drawAttributes,
  values: {
    animal: animals,
    ...Object.fromEntries(garmentNames.map((name) => [name, garmentValues])),
  },
  isPossible,
  phrase: phraseSlot(
    ["{baby} {animal} {wearing} {outfit}", "{cute} {animal} {wearing} {outfit}"],
    slots,
  ),
  postures: ["standing", ""],
  shown: ({ animal }) => [furOf(animal as Animal)],
  measure: () => ({ side: 22 * unit, up: 54 * unit, down: 0 }),

  alone: (attributes) => [{ family: "garments", attributes }],

  drawing(thing, { x, y, scale, shade }) {
    const size = unit * scale;
    const frame = `translate(${number(x)} ${number(y - foot * size)}) scale(${number(size)})`;
    return `<g transform="${frame}">${paintFigure(thing.animal as Animal, outfitOf(thing), shade)}</g>`;
  },
};
