/** @file The `scenes` family: "a painting of a fox sitting in a field at sunrise". */
import { badOption } from "@dalle-ts/tensor";
import type { ArtStyle } from "../../art/sets.js";
import type { Random } from "../../random.js";
import type { Attributes } from "../grammar.js";
import { type Animal, animalSets, animals, hasRear } from "./animal.js";

export const grounds = ["field", "forest", "mountain", "beach", "city"] as const;
export type Ground = (typeof grounds)[number];
/** "any": the caption names no place, and the ground is drawn by chance. */
const places = [...grounds, "any"] as const;
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
  /** What is painted behind the animal. */
  readonly ground: Ground;
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
  const style = random.oneIn(4) ? "plain" : random.pick(styles.slice(1));
  const view = random.oneIn(2) ? "normal" : random.pick(viewsOf(animal).slice(1));
  return {
    animal,
    place: leavesPlaceOpen({ style, view }) && random.oneIn(4) ? "any" : random.pick(grounds),
    time: random.weighted({ day: 3, sunrise: 2, sunset: 2, night: 2 }),
    season: random.oneIn(2) ? "none" : random.pick(seasons.slice(1)),
    style,
    view,
  };
}

/** Only a caption that tells a style or a view may leave the place open: a mere "fox" is an emoji as well. */
function leavesPlaceOpen({ style, view }: Attributes): boolean {
  return style !== "plain" || view !== "normal";
}

/** False for what is not painted: a rear view of an animal drawn as a whole, a mere fox. */
export function isPossible(attributes: Attributes): boolean {
  const { animal, place, view } = attributes;
  return (
    (viewsOf(animal as Animal) as readonly string[]).includes(view!) &&
    (place !== "any" || leavesPlaceOpen(attributes))
  );
}

export function attributesOf(scene: ScenesScene): Attributes {
  const { animal, place, time, season, style, view } = scene;
  return { animal, place, time, season, style, view };
}

/** With the place that is painted, where the caption names none. */
export function shownBy(scene: ScenesScene): Attributes {
  return { ...attributesOf(scene), place: scene.nuisance.ground };
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
  if (place === "any" && !leavesPlaceOpen(attributes)) {
    throw badOption(
      "place",
      `one of ${grounds.join(", ")} where neither style nor view is told`,
      place,
    );
  }
  return {
    family: "scenes",
    animal,
    place,
    time,
    season,
    style,
    view,
    nuisance: {
      ground: place === "any" ? random.pick(grounds) : place,
      set: random.pick(animalSets(animal)),
      mirrored: random.oneIn(2),
      aside: random.between(-6, 6),
      scenery: random.integer(1_000_000),
    },
  };
}
