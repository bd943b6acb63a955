/** @file The grammar of `media` captions, both ways. The first template of each list is the blog's wording. */
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
import { dyes } from "../pairs/scene.js";
import { attributesOf, type MediaScene, media, pictures, words } from "./scene.js";

const synonyms: Readonly<Record<string, readonly string[]>> = {
  "t-shirt": ["t-shirt", "tee shirt"],
  mug: ["mug", "coffee mug"],
  "soda can": ["soda can", "can of soda"],
  "store front": ["store front", "storefront", "shop front"],
  "road sign": ["road sign", "traffic sign"],
  "postage stamp": ["postage stamp", "stamp"],
};

const slots: Slots = {
  style: styleSlot,
  a: articleSlot,
  medium: wordSlot("medium", Object.fromEntries(media.map((one) => [one, synonyms[one] ?? [one]]))),
  word: valueSlot("word", words),
  picture: valueSlot("picture", pictures),
  colour: wordSlot("colour", {
    none: [""],
    ...Object.fromEntries(dyes.map((dye) => [dye, [dye]])),
  }),
};

export const wordTemplates: readonly string[] = [
  "a {medium} that has the word '{word}' written on it.",
  "{style} a {medium} with the word '{word}' on it",
  "{style} {a} {medium} with '{word}' written on it",
  "{style} a {medium} that says '{word}'",
  "the word '{word}' on a {medium}",
  "a {medium}. it says '{word}'.",
  "there is a {medium} with the word {word}",
];

export const pictureTemplates: readonly string[] = [
  "a {medium} with a image of a {colour} {picture}",
  "{style} a {medium} with a {colour} {picture} on it",
  "{style} {a} {medium} with a picture of a {colour} {picture}",
  "{style} a {medium} that has a {colour} {picture} on it",
  "{style} a {medium} showing a {colour} {picture}",
  "a {colour} {picture} shown on a {medium}",
  "there is a {colour} {picture} on the {medium}",
];

export const grammar: Grammar = { templates: [...wordTemplates, ...pictureTemplates], slots };

export function caption(scene: MediaScene, random: Random): string {
  const templates = "word" in scene.content ? wordTemplates : pictureTemplates;
  return say(random.pick(templates), slots, attributesOf(scene), random);
}

export function parse(text: string): Attributes | undefined {
  return hear(wordTemplates, slots, text) ?? hear(pictureTemplates, slots, text);
}
