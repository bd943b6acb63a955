/** @file The grammar of `emoji` captions, both ways. The first template is the blog's wording. */
import { emojiNames, emojiOf, isEmoji } from "../../art/catalogue.js";
import type { Random } from "../../random.js";
import {
  type Attributes,
  alternatives,
  type Grammar,
  hear,
  pickWording,
  type Slot,
  type Slots,
  say,
  wordSlot,
} from "../grammar.js";
import { attributesOf, type EmojiScene, isPossible, type Style } from "./scene.js";

const styleWords: Readonly<Record<Style, readonly string[]>> = {
  any: [""],
  glossy: ["glossy", "3d"],
  flat: ["flat"],
  line: ["outlined", "line art"],
  shaded: ["shaded", "softly shaded"],
  old: ["old", "old style"],
  classic: ["classic"],
  bright: ["bright"],
  retro: ["retro"],
};
const moodWords: Readonly<Record<string, readonly string[]>> = {
  happy: ["happy", "smiling", "cheerful"],
  sad: ["sad", "crying"],
  angry: ["angry", "grumpy"],
  surprised: ["surprised", "astonished"],
  sleepy: ["sleepy", "sleeping"],
  loving: ["loving", "lovestruck"],
};
const moodOf = new Map(
  Object.entries(moodWords).flatMap(([mood, words]) => words.map((word) => [word, mood])),
);

/** Things one cannot count, or that come in pairs, take no article. */
const uncounted =
  /[^us]s$|^(bread|spaghetti|popcorn|salt|butter|bacon|cooking|garlic|ice|broccoli|cooked rice|curry rice|dna|tennis|badminton|bowling|yarn|canned food|oden|sushi|mate|coral|fire|camping|wood)$/;
const counted = /^(rhinoceros|tennis|chess)$/;
const articleOf = (name: string) => (uncounted.test(name) && !counted.test(name) ? "" : "a ");

/** "happy avocado", out of `names`; no article. What is heard may be no emoji. */
export function moodySlot(names: readonly string[]): Slot {
  return {
    say({ emoji, mood }, random) {
      const feeling = mood === "none" ? "" : `${pickWording(moodWords[mood!]!, random)} `;
      return `${feeling}${emoji}`;
    },
    pattern: `(?:${alternatives([...moodOf.keys()])} )?${alternatives(names)}`,
    hear(words) {
      // Some names begin with a mood ("sleepy face"), so the whole phrase is tried first.
      if (isEmoji(words)) return { emoji: words, mood: "none" };
      const space = words.indexOf(" ");
      const mood = moodOf.get(words.slice(0, space));
      return mood === undefined ? undefined : { emoji: words.slice(space + 1), mood };
    },
  };
}

const moody = moodySlot(emojiNames);

/** "a happy avocado", "french fries", "the flag of japan". */
const thing: Slot = {
  say({ emoji, mood }, random) {
    if (emojiOf(emoji!).kind === "flag") return flag.say({ emoji: emoji! }, random);
    return `${articleOf(emoji!)}${moody.say({ emoji: emoji!, mood: mood! }, random)}`;
  },
  pattern: `(?:the flag of (?:the )?|a )?${moody.pattern}`,
  hear(words) {
    const [, opening, phrase] = /^(the flag of (?:the )?|a )?(.*)$/.exec(words)!;
    const told = moody.hear(phrase!);
    if (told?.mood !== "none") return told;
    const isFlag = emojiOf(told.emoji!).kind === "flag";
    return isFlag === (opening?.startsWith("the") ?? false) ? told : undefined;
  },
};

const flag: Slot = {
  say: ({ emoji }) =>
    `the flag of ${/^united|lands$|^philippines$/.test(emoji!) ? "the " : ""}${emoji}`,
  pattern: `the flag of (?:the )?${alternatives(emojiNames.filter((name) => emojiOf(name).kind === "flag"))}`,
  hear: thing.hear,
};

/** Up to two of the words that people look the emoji up by; they tell nothing that its name does not. */
const tags: Slot = {
  say({ emoji }, random) {
    const known = emojiOf(emoji!).tags;
    return random.sample(known, Math.min(2, known.length)).join(" ");
  },
  pattern: "[a-z -]*",
  get words() {
    return emojiNames.flatMap((name) => emojiOf(name).tags);
  },
  hear: () => ({}),
};

const slots: Slots = { thing, flag, tags, style: wordSlot("style", styleWords) };

/** Those without {style} are for emoji of any style. */
export const templates: readonly string[] = [
  "a professional high quality emoji of {thing}",
  "a {style} emoji of {thing}",
  "a {style} icon of {thing}",
  "a professional high quality {style} emoji of {thing}",
  "a {style} sticker of {thing}",
  "{thing} as a {style} emoji",
  "a {style} emoji showing {thing}",
  "there is a {style} emoji of {thing}",
  "a {style} emoji of {thing}: {tags}",
  "emoji of {thing}",
];
const flagTemplates: readonly string[] = ["{flag}", "a picture of {flag}", ...templates];

export const grammar: Grammar = { templates: flagTemplates, slots };

export function caption(scene: EmojiScene, random: Random): string {
  const isFlag = emojiOf(scene.emoji).kind === "flag";
  const fitting = (isFlag ? flagTemplates : templates).filter(
    (template) =>
      (scene.style === "any" || template.includes("{style}")) &&
      (emojiOf(scene.emoji).tags.length > 0 || !template.includes("{tags}")),
  );
  return say(pickWording(fitting, random), slots, attributesOf(scene), random);
}

export function parse(text: string): Attributes | undefined {
  const told = hear(flagTemplates, slots, text);
  if (!told) return undefined;
  const attributes = { style: "any", ...told };
  return isPossible(attributes) ? attributes : undefined;
}
