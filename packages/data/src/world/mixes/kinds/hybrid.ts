/** @file A hybrid of `hybrids`: "armchair in the shape of an avocado". */
import type { Attributes, Slot } from "../../grammar.js";
import { slots } from "../../hybrids/captions.js";
import { type Hybrid, paintHybrid } from "../../hybrids/paint.js";
import {
  concepts,
  drawAttributes,
  type Item,
  items,
  type Manner,
  manners,
} from "../../hybrids/scene.js";
import { number } from "../../paint/draw.js";
import { phraseSlot } from "../phrase.js";
import { anyColour, type Kind } from "./kind.js";

/** Of its size in a picture of its own. */
const share = 0.56;

/** On the 64 × 64 canvas of its own: half its width, and its highest and lowest points. */
const extents: Readonly<Record<Item, { side: number; top: number; foot: number }>> = {
  armchair: { side: 28, top: 2, foot: 62 },
  lamp: { side: 29, top: 2, foot: 62 },
  teapot: { side: 29, top: 10, foot: 60 },
  clock: { side: 25, top: 7, foot: 57 },
  purse: { side: 24, top: 6, foot: 60 },
  bench: { side: 29, top: 8, foot: 61 },
  snail: { side: 29, top: 8, foot: 57 },
};

const hybridOf = (thing: Attributes) => thing as unknown as Hybrid;

const phrases: Readonly<Record<Manner, Slot>> = {
  shape: phraseSlot(
    [
      "{item} in the shape of a {concept}",
      "{item} imitating a {concept}",
      "{concept} shaped {item}",
      "{item} that looks like a {concept}",
    ],
    slots,
  ),
  texture: phraseSlot(
    [
      "{item} made of {concept}",
      "{item} with the texture of a {concept}",
      "{concept} textured {item}",
      "{item} covered with {concept}",
    ],
    slots,
  ),
};

export const hybrid: Kind = {
  draw: drawAttributes,
  values: { item: items, concept: concepts, manner: manners },
  phrase: {
    say: (thing, random) => phrases[hybridOf(thing).manner].say(thing, random),
    pattern: `(?:${phrases.shape.pattern}|${phrases.texture.pattern})`,
    hear(words) {
      for (const manner of manners) {
        const told = phrases[manner].hear(words);
        if (told) return { ...told, manner };
      }
      return undefined;
    },
  },
  postures: ["", "standing"],
  shown: () => anyColour,

  measure(thing) {
    const { side, top, foot } = extents[hybridOf(thing).item];
    return { side: side * share, up: (foot - top) * share, down: 0 };
  },

  alone: (attributes) => [{ family: "hybrids", attributes }],

  drawing(thing, { x, y, scale, mirrored }) {
    const { foot } = extents[hybridOf(thing).item];
    const size = share * scale;
    const frame = `translate(${number(x)} ${number(y)}) scale(${number(mirrored ? -size : size)} ${number(size)}) translate(-32 ${-foot})`;
    return `<g transform="${frame}">${paintHybrid(hybridOf(thing))}</g>`;
  },
};
