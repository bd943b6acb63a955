/** @file What the attributes of a `counting` scene may be. */
import { type Colour, colours } from "../palette.js";

/** The colours in which each thing is seen; none: it has only its own, and no caption names it. */
export const coloursOf = {
  apple: ["red", "yellow", "green"],
  orange: [],
  banana: [],
  glass: [],
  cup: colours,
  ball: colours.filter((colour) => colour !== "white"), // its other stripes are white
  star: colours,
  book: colours,
  candle: colours,
  mushroom: ["red", "orange", "brown", "blue", "purple", "pink"],
  flower: ["red", "orange", "yellow", "blue", "purple", "pink", "white"],
  duck: [],
} as const satisfies Record<string, readonly Colour[]>;
export type Noun = keyof typeof coloursOf;
export const nouns = Object.keys(coloursOf) as Noun[];
export const counts = ["1", "2", "3", "4", "5", "6", "collection"] as const;
export type Count = (typeof counts)[number];
export const places = ["table", "shelf", "grass", "beach"] as const;
export type Place = (typeof places)[number];
