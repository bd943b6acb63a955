/** @file The grammar of `garments` captions, both ways. The first template is the blog's wording. */
import type { Random } from "../../random.js";
import {
  type Attributes,
  alternatives,
  articleSlot,
  fillerSlot,
  type Grammar,
  hear,
  pickWording,
  type Slot,
  type Slots,
  say,
  styleSlot,
  wordSlot,
} from "../grammar.js";
import { colours } from "../palette.js";
import { attributesOf, type GarmentName, type GarmentsScene, garmentNames } from "./scene.js";

const animalNouns = {
  penguin: ["penguin"],
  hedgehog: ["hedgehog"],
  fox: ["fox"],
  cat: ["cat"],
  bear: ["bear"],
  panda: ["panda", "panda bear"],
  rabbit: ["rabbit", "bunny"],
  owl: ["owl"],
};

const garmentNouns: Readonly<Record<GarmentName, readonly string[]>> = {
  hat: ["hat", "cap", "beanie"],
  gloves: ["gloves", "mittens"],
  shirt: ["shirt", "t-shirt"],
  pants: ["pants", "trousers"],
};

const garmentOf = new Map(
  garmentNames.flatMap((name) => garmentNouns[name].map((noun) => [noun, name] as const)),
);
const item = `(?:a )?${alternatives(colours)} ${alternatives([...garmentOf.keys()])}`;

/** "a blue hat, red gloves, green shirt, and yellow pants"; what is not named is not worn. */
const outfitSlot: Slot = {
  say(attributes, random) {
    const worn = garmentNames.filter((name) => attributes[name] !== "none");
    const named = random.oneIn(4) ? random.sample(worn, worn.length) : worn;
    const items = named.map((name, index) => {
      // The blog's list has an article for its first garment only.
      const article = name === "hat" || (index === 0 && name === "shirt") ? "a " : "";
      return `${article}${attributes[name]} ${pickWording(garmentNouns[name], random)}`;
    });
    const last = items.pop()!;
    if (items.length === 0) return last;
    return `${items.join(", ")}${items.length > 1 ? "," : ""} and ${last}`;
  },
  pattern: `${item}(?:,? and ${item}|, ${item})*`,
  hear(words) {
    const told: Record<string, string> = {
      hat: "none",
      gloves: "none",
      shirt: "none",
      pants: "none",
    };
    for (const one of words.split(/,? and |, /)) {
      const [noun, colour] = one.split(" ").reverse();
      const name = garmentOf.get(noun!)!;
      if (told[name] !== "none") return undefined; // nobody wears two hats
      told[name] = colour!;
    }
    return told;
  },
};

export const slots: Slots = {
  style: styleSlot,
  a: articleSlot,
  animal: wordSlot("animal", animalNouns),
  baby: fillerSlot(["baby", ""]),
  cute: fillerSlot(["", "cute", "happy", "little"]),
  wearing: fillerSlot(["wearing", "dressed in", "in"]),
  outfit: outfitSlot,
};

export const templates: readonly string[] = [
  "a emoji of a {baby} {animal} {wearing} {outfit}",
  "{style} {a} {baby} {animal} {wearing} {outfit}",
  "{a} {baby} {animal} emoji {wearing} {outfit}",
  "a {cute} emoji of a {animal} {wearing} {outfit}",
  "{style} a {cute} {animal} with {outfit}",
  "there is a {baby} {animal} {wearing} {outfit}",
  "{style} a {baby} {animal}. it is wearing {outfit}.",
  "{outfit} on a {baby} {animal}",
];

export const grammar: Grammar = { templates, slots };

/** The first template is said most often. */
export function caption(scene: GarmentsScene, random: Random): string {
  return say(pickWording(templates, random), slots, attributesOf(scene), random);
}

export function parse(text: string): Attributes | undefined {
  return hear(templates, slots, text);
}
