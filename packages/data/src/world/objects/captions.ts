/** @file The grammar of `objects` captions, both ways. The first template is the blog's wording. */
import type { Random } from "../../random.js";
import {
  type Attributes,
  articleSlot,
  type Grammar,
  hear,
  type Slots,
  say,
  styleSlot,
  valueSlot,
  wordSlot,
} from "../grammar.js";
import { colours } from "../palette.js";
import { attributesOf, type ObjectsScene, outlines } from "./scene.js";

const nouns = {
  clock: ["clock"],
  plate: ["plate", "dish"],
  sign: ["sign", "road sign"],
  "picture frame": ["picture frame", "frame"],
  cushion: ["cushion", "pillow"],
  button: ["button"],
  mirror: ["mirror", "hand mirror"],
};

const adjectives = {
  triangle: ["triangular"],
  square: ["square"],
  pentagon: ["pentagonal"],
  hexagon: ["hexagonal"],
  heptagon: ["heptagonal"],
  octagon: ["octagonal"],
  circle: ["circular", "round"],
  heart: ["heart-shaped"],
  star: ["star-shaped"],
};

export const slots: Slots = {
  style: styleSlot,
  a: articleSlot,
  object: wordSlot("object", nouns),
  colour: valueSlot("colour", colours),
  adjective: wordSlot("outline", adjectives),
  outline: valueSlot("outline", outlines),
  // Written close behind a noun, because a plain thing has no words here.
  with: closeSlot({
    plain: [""],
    stripes: ["with stripes", "with a striped pattern"],
    checkers: ["with checkers", "with a checkered pattern", "with a checkerboard pattern"],
    "polka dots": ["with polka dots", "with a polka dot pattern"],
  }),
  patterned: wordSlot("pattern", {
    plain: ["", "plain"],
    stripes: ["striped"],
    checkers: ["checkered"],
    "polka dots": ["polka-dotted", "polka dot"],
  }),
};

/** As `wordSlot` for the pattern, each wording with a blank before it. */
function closeSlot(wordings: Readonly<Record<string, readonly string[]>>) {
  const slot = wordSlot("pattern", wordings);
  return {
    ...slot,
    say: (attributes: Attributes, random: Random) => ` ${slot.say(attributes, random)}`.trimEnd(),
    pattern: `(?: ${slot.pattern})?`,
  };
}

export const templates: readonly string[] = [
  "a {adjective} {colour} {object}{with}. a {colour} {object} in the shape of a {outline}.",
  "{style} {a} {adjective} {colour} {object}{with}",
  "{style} {a} {colour} {object}{with} in the shape of a {outline}",
  "{style} a {patterned} {adjective} {colour} {object}",
  "{style} a {patterned} {colour} {object} shaped like a {outline}",
  "there is a {adjective} {colour} {object}{with}",
  "{style} {a} {colour} {outline} {object}{with}",
  "a {patterned} {colour} {object}. it has the shape of a {outline}.",
];

export const grammar: Grammar = { templates, slots };

export function caption(scene: ObjectsScene, random: Random): string {
  return say(random.pick(templates), slots, attributesOf(scene), random);
}

export function parse(text: string): Attributes | undefined {
  return hear(templates, slots, text);
}
