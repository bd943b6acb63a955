/** @file The `scenes` family: "a painting of a fox sitting in a field at sunrise". */
import { badOption } from "@dalle-ts/tensor";
import type { ArtStyle } from "../../art/sets.js";
import type { Random } from "../../random.js";
import type { Attributes } from "../grammar.js";
import { type Animal, animalSets, animals, hasRear } from "./animal.js";

export const places = ["field", "forest", "mountain", "beach", "city"] as const;
export type Place = (typeof places)[number];
export const times = ["sunrise", "day", "sunset", "night"] as const;
export type Time = (typeof times)[number];
export const seasons = ["none", "spring", "summer", "autumn", "winter"] as const;
export type Season = (typeof seasons)[number];
export const styles = [
  "plain",
  "painting",
  "pop art",
  "pencil sketch",
  "charcoal",
  "pixel art",
  "ukiyo-e",
  "stained glass",
  "neon",
  "blueprint",
  "sepia",
  "black and white",
] as const;
export type Style = (typeof styles)[number];
export const views = [
  "normal",
  "close-up",
  "extreme close-up",
  "aerial",
  "rear",
  "fisheye",
  "wide",
] as const;
export type View = (typeof views)[number];

export interface ScenesScene {
  readonly family: "scenes";
  readonly animal: Animal;
  readonly place: Place;
  readonly time: Time;
  readonly season: Season;
  readonly style: Style;
  readonly view: View;
  readonly nuisance: ScenesNuisance;
}

export interface ScenesNuisance {
  /** The set of the animal's drawing. */
  readonly set: ArtStyle;
  readonly mirrored: boolean;
  /** Where the animal sits, from the middle, in canvas units. */
  readonly aside: number;
  /** Decides hills, trees, clouds and houses. */
  readonly scenery: number;
}

const values = {
  animal: animals,
  place: places,
  time: times,
  season: seasons,
  style: styles,
  view: views,
} as const;

/** The views of an animal: what is drawn as a whole is drawn from its good side only. */
function viewsOf(animal: Animal): readonly View[] {
  return views.filter((view) => view !== "rear" || hasRear(animal));
}

export function drawAttributes(random: Random): Attributes {
  const animal = random.pick(animals);
  return {
    animal,
    place: random.pick(places),
    time: random.weighted({ day: 3, sunrise: 2, sunset: 2, night: 2 }),
    season: random.oneIn(2) ? "none" : random.pick(seasons.slice(1)),
    style: random.oneIn(4) ? "plain" : random.pick(styles.slice(1)),
    view: random.oneIn(2) ? "normal" : random.pick(viewsOf(animal).slice(1)),
  };
}

export function attributesOf(scene: ScenesScene): Attributes {
  const { animal, place, time, season, style, view } = scene;
  return { animal, place, time, season, style, view };
}

export function build(attributes: Attributes, random: Random): ScenesScene {
  for (const [key, allowed] of Object.entries(values)) {
    const value = attributes[key];
    if (!(allowed as readonly string[]).includes(value!))
      throw badOption(key, `one of ${allowed.join(", ")}`, value);
  }
  const told = attributes as unknown as Omit<ScenesScene, "family" | "nuisance">;
  const { animal, place, time, season, style, view } = told;
  const seen = viewsOf(animal);
  if (!seen.includes(view)) throw badOption("view", `one of ${seen.join(", ")}`, view);
  return {
    family: "scenes",
    animal,
    place,
    time,
    season,
    style,
    view,
    nuisance: {
      set: random.pick(animalSets(animal)),
      mirrored: random.oneIn(2),
      aside: random.between(-6, 6),
      scenery: random.integer(1_000_000),
    },
  };
}
