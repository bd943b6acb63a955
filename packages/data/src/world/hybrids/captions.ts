/** @file The grammar of `hybrids` captions, both ways. The first template of each list is the blog's wording. */
import type { Random } from "../../random.js";
import {
  type Attributes,
  articleSlot,
  type Grammar,
  hear,
  pickWording,
  type Slots,
  say,
  styleSlot,
  valueSlot,
  wordSlot,
} from "../grammar.js";
import { attributesOf, concepts, type HybridsScene, type Manner, manners } from "./scene.js";

export const slots: Slots = {
  style: styleSlot,
  a: articleSlot,
  item: wordSlot("item", {
    armchair: ["armchair", "arm chair"],
    lamp: ["lamp", "table lamp"],
    teapot: ["teapot"],
    clock: ["clock"],
    purse: ["purse", "handbag"],
    bench: ["bench"],
    snail: ["snail"],
  }),
  concept: valueSlot("concept", concepts),
};

export const templates: Readonly<Record<Manner, readonly string[]>> = {
  shape: [
    "a {item} in the shape of a {concept}. a {item} imitating a {concept}.",
    "{style} {a} {item} in the shape of a {concept}",
    "{style} {a} {item} imitating a {concept}",
    "a {concept} shaped {item}",
    "{style} {a} {item} that looks like a {concept}",
    "a {item} in the style of a {concept}",
    "there is a {item} shaped like a {concept}",
  ],
  texture: [
    "a {item} made of {concept}. a {item} with the texture of a {concept}.",
    "{style} {a} {item} made of {concept}",
    "{style} {a} {item} with the texture of a {concept}",
    "a {concept} textured {item}",
    "{style} {a} {item} covered with {concept}",
    "there is a {item} made of {concept}",
  ],
};

export const grammar: Grammar = { templates: Object.values(templates).flat(), slots };

export function caption(scene: HybridsScene, random: Random): string {
  return say(pickWording(templates[scene.manner], random), slots, attributesOf(scene), random);
}

export function parse(text: string): Attributes | undefined {
  for (const manner of manners) {
    const told = hear(templates[manner], slots, text);
    if (told) return { ...told, manner };
  }
  return undefined;
}
