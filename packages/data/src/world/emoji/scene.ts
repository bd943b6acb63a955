/** @file The `emoji` family: one drawing of an emoji set, big, before a plain ground ("a flat emoji of a fox"). */
import { badOption } from "@dalle-ts/tensor";
import { emojiNames, emojiOf, isEmoji } from "../../art/catalogue.js";
import { type ArtStyle, artStyles } from "../../art/sets.js";
import type { Random } from "../../random.js";
import type { Attributes } from "../grammar.js";
import { canFeel, isMood, type Mood, moodful, moods } from "./mood.js";

/** "any": the caption names no style, and the set is drawn by chance. */
export type Style = ArtStyle | "any";

export interface EmojiScene {
  readonly family: "emoji";
  readonly emoji: string;
  readonly style: Style;
  readonly mood: Mood;
  readonly nuisance: EmojiNuisance;
}

export interface EmojiNuisance {
  /** The set of the drawing. */
  readonly set: ArtStyle;
  /** Index into the list of grounds; of dark ones, for line drawings in white. */
  readonly ground: number;
  readonly dark: boolean;
  /** Side of the drawing as a share of the picture's. */
  readonly extent: number;
  /** Degrees clockwise. */
  readonly lean: number;
  /** Of the drawing's middle from the picture's, as shares of the side. */
  readonly shift: readonly [x: number, y: number];
}

export function drawAttributes(random: Random): Attributes {
  const mood = random.oneIn(4) ? random.pick(moods.filter((each) => each !== "none")) : "none";
  const emoji = mood === "none" ? random.pick(emojiNames) : random.pick(moodful);
  const style = random.oneIn(3) ? "any" : random.pick(stylesOf(emoji, mood));
  return { emoji, style, mood };
}

/** The sets that draw it. Faces are painted on colours, so a thing with a mood is no line drawing. */
function stylesOf(emoji: string, mood: Mood): ArtStyle[] {
  const { drawings } = emojiOf(emoji);
  return artStyles.filter((style) => drawings.has(style) && !(style === "line" && mood !== "none"));
}

/** False for what no set draws: a retro avocado, a sad fox. */
export function isPossible({ emoji, style, mood }: Attributes): boolean {
  if (!isEmoji(emoji) || !isMood(mood)) return false;
  if (mood !== "none" && !canFeel(emoji!)) return false;
  return style === "any" || stylesOf(emoji!, mood).includes(style as ArtStyle);
}

export function attributesOf({ emoji, style, mood }: EmojiScene): Attributes {
  return { emoji, style, mood };
}

/** With the set that is painted, where the caption names no style. */
export function shownBy(scene: EmojiScene): Attributes {
  return { ...attributesOf(scene), style: scene.nuisance.set };
}

export function build(attributes: Attributes, random: Random): EmojiScene {
  if (!isPossible(attributes)) {
    throw badOption("attributes", "an emoji, style and mood that are drawn", stringOf(attributes));
  }
  const { emoji, style, mood } = attributes as { emoji: string; style: Style; mood: Mood };
  const set = style === "any" ? random.pick(stylesOf(emoji, mood)) : style;
  return {
    family: "emoji",
    emoji,
    style,
    mood,
    nuisance: {
      set,
      ground: random.integer(12),
      dark: set === "line" && random.oneIn(3),
      extent: random.between(0.68, 0.88),
      lean: random.oneIn(3) ? random.between(-10, 10) : 0,
      shift: [random.between(-0.04, 0.04), random.between(-0.04, 0.04)],
    },
  };
}

function stringOf(attributes: Attributes): string {
  return JSON.stringify(attributes);
}
