/** @file The grammar of `sections` captions, both ways. The first template is the blog's wording. */
import type { Random } from "../../random.js";
import {
  type Attributes,
  alternatives,
  articleSlot,
  fillerSlot,
  type Grammar,
  hear,
  type Slot,
  type Slots,
  say,
  wordSlot,
} from "../grammar.js";
import { colours } from "../palette.js";
import { attributesOf, type SectionsScene } from "./scene.js";

const subjectNouns = {
  watermelon: ["a watermelon"],
  egg: ["a egg", "a boiled egg"],
  earth: ["the earth", "the planet earth"],
  geode: ["a geode", "a amethyst geode"],
  "tree trunk": ["a tree trunk", "a tree"],
  orange: ["a orange"],
  kiwi: ["a kiwi", "a kiwi fruit"],
  apple: ["a apple"],
  avocado: ["a avocado"],
  pomegranate: ["a pomegranate"],
  onion: ["a onion", "a red onion"],
  lemon: ["a lemon"],
};

/** " on a blue background", or nothing: written close behind a noun. */
const wallSlot: Slot = {
  say: ({ wall }, random) =>
    wall === "plain" ? "" : ` ${random.pick(wallWords).replace("…", wall!)}`,
  pattern: `(?: (?:on|before|against) a ${alternatives(colours)} (?:background|wall))?`,
  hear: (words) => ({
    wall: colours.find((colour) => words.split(" ").includes(colour)) ?? "plain",
  }),
};
const wallWords = ["on a … background", "against a … wall", "before a … background"];

const slots: Slots = {
  a: articleSlot,
  subject: wordSlot("subject", subjectNouns),
  wall: wallSlot,
  style: fillerSlot(["", "a illustration of", "a drawing of", "a picture of"]),
  section: fillerSlot(["cross-section", "cross section"]),
};

export const templates: readonly string[] = [
  "a cross-section view of {subject}{wall}",
  "{style} a {section} of {subject}{wall}",
  "{style} {subject} cut in half{wall}",
  "{style} the inside of {subject}{wall}",
  "there is a {section} of {subject}{wall}",
  "{a} {section} view of {subject}{wall}",
  "{style} half of {subject}, seen from the cut side{wall}",
  "{subject}{wall}, in {section}",
];

export const grammar: Grammar = { templates, slots };

export function caption(scene: SectionsScene, random: Random): string {
  return say(random.pick(templates), slots, attributesOf(scene), random);
}

export function parse(text: string): Attributes | undefined {
  return hear(templates, slots, text);
}
