/** @file The grammar of `scenes` captions, both ways. The first templates are the blog's wordings. */
import type { Random } from "../../random.js";
import {
  type Attributes,
  alternatives,
  fillerSlot,
  type Grammar,
  hear,
  pickWording,
  type Slot,
  type Slots,
  say,
  valueSlot,
  wordSlot,
} from "../grammar.js";
import { animals } from "./animal.js";
import {
  attributesOf,
  isPossible,
  type Place,
  type ScenesScene,
  type Season,
  type Style,
  type Time,
  type View,
} from "./scene.js";

const styleWords: Readonly<Record<Style, readonly string[]>> = {
  plain: ["", "a illustration of", "a picture of"],
  painting: ["a painting of", "a oil painting of"],
  "pop art": ["a pop art picture of", "pop art of"],
  "pencil sketch": ["a pencil sketch of", "a pencil drawing of"],
  charcoal: ["a charcoal drawing of", "a charcoal sketch of"],
  "pixel art": ["a pixel art illustration of", "pixel art of"],
  "ukiyo-e": ["a ukiyo-e print of", "a woodblock print of"],
  "stained glass": ["a stained glass window of", "a stained glass picture of"],
  neon: ["a neon sign of", "a neon picture of"],
  blueprint: ["a blueprint of"],
  sepia: ["a sepia photograph of", "a old sepia photo of"],
  "black and white": ["a black and white photograph of", "a black and white picture of"],
};
const viewWords: Readonly<Record<View, readonly string[]>> = {
  normal: [""],
  "close-up": ["a close-up view of", "a close-up of"],
  "extreme close-up": ["a extreme close-up view of", "a extreme close-up of"],
  aerial: ["a aerial view of", "a view from above of"],
  rear: ["a rear view of", "a view from behind of"],
  fisheye: ["a fisheye lens view of", "a fisheye view of"],
  wide: ["a wide view of", "a wide angle view of"],
};
const placeWords: Readonly<Record<Place, readonly string[]>> = {
  any: [""],
  field: ["in a field", "in a meadow"],
  forest: ["in a forest", "in the woods"],
  mountain: ["on a mountain", "on a mountain top"],
  beach: ["on a beach", "at the beach"],
  city: ["in a city", "in a street of a city"],
};
const timeWords: Readonly<Record<Time, readonly string[]>> = {
  day: ["", "during the day", "at noon"],
  sunrise: ["at sunrise", "at dawn"],
  sunset: ["at sunset", "at dusk"],
  night: ["at night", "by moonlight"],
};
const seasonWords: Readonly<Record<Season, readonly string[]>> = {
  none: [""],
  spring: ["during spring", "in spring"],
  summer: ["during summer", "in summer"],
  autumn: ["during autumn", "in autumn"],
  winter: ["during winter", "in winter"],
};

/** A slot whose words follow others closely, after `before`; nothing is said for the empty wording. */
function tail(before: string, slot: Slot): Slot {
  const said = (attributes: Attributes, random: Random) => slot.say(attributes, random);
  return {
    say: (attributes, random) => {
      const words = said(attributes, random);
      return words === "" ? "" : before + words;
    },
    pattern: `(?:${before}${slot.pattern})?`,
    hear: (words) => slot.hear(words.replace(/^, /, "").trim()),
  };
}

const time = wordSlot("time", timeWords);
const season = wordSlot("season", seasonWords);

const slots: Slots = {
  style: wordSlot("style", styleWords),
  view: wordSlot("view", viewWords),
  animal: valueSlot("animal", animals),
  sitting: fillerSlot(["sitting", "resting"]),
  place: wordSlot("place", placeWords),
  time: tail(" ", time),
  season: tail(", ", season),
  seasonFirst: {
    ...season,
    pattern: alternatives(Object.values(seasonWords).flat().filter(Boolean)),
  },
};

export const templates: readonly string[] = [
  "{style} {view} a {animal} {sitting} {place}{time}{season}",
  "{style} {view} a {animal} {place}{time}{season}",
  "{style} {view} a {animal} that is {sitting} {place}{time}{season}",
  "{style} {view} the {animal} {sitting} {place}{time}{season}",
  "there is a {animal} {sitting} {place}{time}{season}",
  "{seasonFirst}, a {animal} is {sitting} {place}{time}",
  "{seasonFirst}: {style} {view} a {animal} {place}{time}",
];

export const grammar: Grammar = { templates, slots };

export function caption(scene: ScenesScene, random: Random): string {
  const fitting = templates.filter((template) => canSay(template, scene));
  return say(pickWording(fitting, random), slots, attributesOf(scene), random);
}

/** A template without a hole for style, view or season leaves the usual one understood. What sits, sits somewhere. */
function canSay(template: string, { place, style, view, season }: ScenesScene): boolean {
  return (
    (place !== "any" || !template.includes("{sitting}")) &&
    (style === "plain" || template.includes("{style}")) &&
    (view === "normal" || template.includes("{view}")) &&
    (season === "none" ? !template.includes("{seasonFirst}") : /\{season/.test(template))
  );
}

export function parse(text: string): Attributes | undefined {
  const told = hear(templates, slots, text);
  if (!told) return undefined;
  const attributes = { style: "plain", view: "normal", time: "day", season: "none", ...told };
  return isPossible(attributes) ? attributes : undefined;
}
