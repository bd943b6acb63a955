/** @file The grammar of `pairs` captions, both ways. The first template is the blog's wording. */
import type { Random } from "../../random.js";
import {
  type Attributes,
  type Grammar,
  hear,
  type Slots,
  say,
  styleSlot,
  wordSlot,
} from "../grammar.js";
import { attributesOf, type Change, dyes, type PairsScene } from "./scene.js";
import { type Thing, things } from "./thing.js";

const synonyms: Readonly<Partial<Record<Thing, readonly string[]>>> = {
  rabbit: ["rabbit", "bunny"],
  mug: ["mug", "cup of coffee"],
  airplane: ["airplane", "plane"],
  hat: ["hat", "top hat"],
  handbag: ["handbag", "purse"],
};

const changeWords: Readonly<Record<Exclude<Change, (typeof dyes)[number]>, readonly string[]>> = {
  sketch: ["as a sketch", "as a pencil sketch", "drawn in pencil"],
  "upside-down": ["reflected upside-down", "upside-down", "turned upside-down"],
  tiny: ["tiny", "made tiny", "shrunk to a tiny size"],
  stripes: ["with stripes", "covered with stripes"],
  "polka dots": ["with polka dots", "covered with polka dots"],
  "black and white": ["in black and white", "as a black and white photograph"],
  "pixel art": ["as pixel art", "in pixel art style"],
  "close-up": ["as a extreme close-up", "in extreme close-up view"],
  blueprint: ["as a blueprint", "in blueprint style"],
  silhouette: ["as a silhouette", "as a black silhouette"],
};

const slots: Slots = {
  style: styleSlot,
  thing: wordSlot(
    "thing",
    Object.fromEntries(things.map((thing) => [thing, synonyms[thing] ?? [thing]])),
  ),
  changed: wordSlot("change", {
    ...changeWords,
    ...Object.fromEntries(
      dyes.map((dye) => [dye, [`colored ${dye}`, `coloured ${dye}`, `painted ${dye}`]]),
    ),
  }),
};

export const templates: readonly string[] = [
  "the exact same {thing} on the top {changed} on the bottom",
  "the same {thing} on the top {changed} on the bottom",
  "{style} a {thing} on the top and the exact same {thing} {changed} on the bottom",
  "{style} a {thing} above the same {thing} {changed}",
  "two pictures of the same {thing}: as it is on the top, {changed} on the bottom",
  "on the top a {thing}. on the bottom the exact same {thing} {changed}.",
  "top: a {thing}. bottom: the same {thing} {changed}.",
  "the {thing} from the top again on the bottom, {changed}",
];

export const grammar: Grammar = { templates, slots };

export function caption(scene: PairsScene, random: Random): string {
  return say(random.pick(templates), slots, attributesOf(scene), random);
}

export function parse(text: string): Attributes | undefined {
  return hear(templates, slots, text);
}
