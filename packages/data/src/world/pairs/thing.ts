/** @file The things of `pairs`: drawings of the emoji sets that are told apart at a quarter of a small picture. */
import { emojiOf } from "../../art/catalogue.js";
import type { ArtStyle } from "../../art/sets.js";

/** Name → the emoji's. None looks the same upside-down. */
const emojiNames = {
  cat: "cat face",
  dog: "dog face",
  fox: "fox",
  rabbit: "rabbit face",
  panda: "panda",
  bear: "bear",
  lion: "lion",
  pig: "pig face",
  frog: "frog",
  koala: "koala",
  owl: "owl",
  penguin: "penguin",
  hedgehog: "hedgehog",
  elephant: "elephant",
  duck: "duck",
  turtle: "turtle",
  snail: "snail",
  octopus: "octopus",
  teapot: "teapot",
  mug: "hot beverage",
  car: "automobile",
  bus: "bus",
  rocket: "rocket",
  sailboat: "sailboat",
  airplane: "airplane",
  house: "house",
  castle: "castle",
  cactus: "cactus",
  mushroom: "mushroom",
  strawberry: "strawberry",
  pineapple: "pineapple",
  cupcake: "cupcake",
  "t-shirt": "t-shirt",
  hat: "top hat",
  guitar: "guitar",
  "alarm clock": "alarm clock",
  "light bulb": "light bulb",
  crown: "crown",
  trophy: "trophy",
  handbag: "handbag",
} as const;

export type Thing = keyof typeof emojiNames;
export const things = Object.keys(emojiNames) as Thing[];

export function emojiNameOf(thing: Thing): string {
  return emojiNames[thing];
}

/** Sets in full colour whose drawings stay clear when small. */
export const colourful = ["glossy", "flat", "shaded", "classic", "bright"] as const;

/** The sets that draw it. */
export function setsOf(thing: Thing): ArtStyle[] {
  const { drawings } = emojiOf(emojiNames[thing]);
  return colourful.filter((set) => drawings.has(set));
}
