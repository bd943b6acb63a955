/** @file A painted solid of `blocks`: "small red block". */
import { solidSlot } from "../../blocks/captions.js";
import { widths } from "../../blocks/layout.js";
import { type Shape, type Solid, shapes, sizesOf } from "../../blocks/scene.js";
import { paintSolid, proportions, reach, tilt } from "../../blocks/solid.js";
import type { Attributes } from "../../grammar.js";
import { type Colour, colours, ramps } from "../../palette.js";
import type { Kind } from "./kind.js";

const solidOf = (thing: Attributes) => thing as unknown as Solid;
const widthOf = (thing: Attributes) => widths.pair[solidOf(thing).size]!;
const flat: readonly Shape[] = ["cube", "cylinder"];

export const solid: Kind = {
  draw: (random) => ({
    shape: random.weighted({ cube: 4, ball: 2, cylinder: 2, cone: 2, pyramid: 2 }),
    colour: random.pick(colours),
    size: random.pick(sizesOf.pair),
  }),
  values: { shape: shapes, colour: colours, size: sizesOf.pair },
  phrase: solidSlot(""),
  postures: ["", "sitting", "standing"],
  shown: ({ colour }) => [ramps[colour as Colour]],

  measure(thing) {
    const { shape, size } = solidOf(thing);
    const width = widthOf(thing);
    const { up, down, side } = reach(shape);
    // What stands on a small one would hide it.
    const carries = flat.includes(shape) && size !== "small";
    const seat = carries ? { seat: width * proportions[shape].seat * tilt.cos } : {};
    return { up: width * up, down: width * down, side: width * side, ...seat };
  },

  drawing(thing, { scale, ...spot }) {
    const { shape, colour } = solidOf(thing);
    return paintSolid({ ...spot, shape, width: widthOf(thing) * scale }, ramps[colour], "solid");
  },
};
