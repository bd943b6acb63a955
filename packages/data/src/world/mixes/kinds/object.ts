/** @file An everyday thing of `objects`: "square red plate with polka dots". */
import type { Attributes } from "../../grammar.js";
import { slots } from "../../objects/captions.js";
import { fittings } from "../../objects/fittings.js";
import { extentOf, type Look, paintObject } from "../../objects/paint.js";
import { drawAttributes, objectNames, outlines, patterns, shownWith } from "../../objects/scene.js";
import { number } from "../../paint/draw.js";
import { colours } from "../../palette.js";
import { phraseSlot } from "../phrase.js";
import type { Kind } from "./kind.js";

/** Of its size in a picture of its own. */
const share = 0.54;

type Thing = Pick<Look, "object" | "outline" | "colour" | "pattern">;
const objectOf = (thing: Attributes) => thing as unknown as Thing;
/** Canvas units of one outline unit. */
const unitOf = (thing: Attributes) => (fittings[objectOf(thing).object].radius * share) / 100;

export const object: Kind = {
  draw: drawAttributes,
  values: { object: objectNames, outline: outlines, colour: colours, pattern: patterns },
  phrase: phraseSlot(
    [
      "{adjective} {colour} {object}{with}",
      "{colour} {object}{with} in the shape of a {outline}",
      "{patterned} {adjective} {colour} {object}",
      "{patterned} {colour} {object} shaped like a {outline}",
    ],
    slots,
  ),
  postures: ["", "standing", "sitting"],

  shown(thing) {
    const { colour, pattern } = objectOf(thing);
    return shownWith(colour, pattern);
  },

  measure(thing) {
    const { west, east, top, south } = extentOf(objectOf(thing));
    const unit = unitOf(thing);
    return { side: ((east - west) / 2) * unit, up: (south - top) * unit, down: 0 };
  },

  alone: (attributes) => [{ family: "objects", attributes }],

  drawing(thing, { x, y, scale, light, shade }) {
    const unit = unitOf(thing) * scale;
    const middle = y - extentOf(objectOf(thing)).south * unit;
    const look = paintObject({ ...objectOf(thing), light, shade });
    return `<g transform="translate(${number(x)} ${number(middle)}) scale(${number(unit * 100)}) scale(.01)">${look}</g>`;
  },
};
