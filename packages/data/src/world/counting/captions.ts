/** @file The grammar of `counting` captions, both ways. The first two templates are the blog's wordings. */
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
  styleSlot,
  wordSlot,
} from "../grammar.js";
import { colours } from "../palette.js";
import { attributesOf, type CountingScene, isPossible } from "./scene.js";
import { type Count, type Noun, nouns, type Place } from "./values.js";

type Words = readonly (readonly [one: string, many: string])[];

const nounWords: Readonly<Record<Noun, Words>> = {
  apple: [["apple", "apples"]],
  orange: [["orange", "oranges"]],
  banana: [["banana", "bananas"]],
  glass: [
    ["glass", "glasses"],
    ["drinking glass", "drinking glasses"],
  ],
  cup: [
    ["cup", "cups"],
    ["mug", "mugs"],
  ],
  ball: [
    ["ball", "balls"],
    ["beach ball", "beach balls"],
  ],
  star: [["star", "stars"]],
  book: [["book", "books"]],
  candle: [["candle", "candles"]],
  mushroom: [
    ["mushroom", "mushrooms"],
    ["toadstool", "toadstools"],
  ],
  flower: [
    ["flower", "flowers"],
    ["potted flower", "potted flowers"],
  ],
  duck: [
    ["duck", "ducks"],
    ["rubber duck", "rubber ducks"],
  ],
};

const countWords: Readonly<Record<Count, readonly string[]>> = {
  1: ["a", "one", "a single"],
  2: ["two", "2", "a pair of"],
  3: ["three", "3", "a collection of three", "a group of three"],
  4: ["four", "4", "a collection of four", "a group of four"],
  5: ["five", "5", "a collection of five", "a group of five"],
  6: ["six", "6", "a collection of six", "a group of six"],
  collection: ["a collection of", "a group of"],
};

const placeWords: Readonly<Record<Place, readonly string[]>> = {
  table: ["on a table", "on the table", "on a wooden table", "on top of a table"],
  shelf: ["on a shelf", "on the shelf", "on a wooden shelf"],
  grass: ["on the grass", "in the grass", "on a lawn"],
  beach: ["on the beach", "on the sand", "at the beach"],
};

const surfaceWords: Readonly<Record<Place, readonly string[]>> = {
  table: ["a table", "a wooden table"],
  shelf: ["a shelf", "a wooden shelf"],
  grass: ["a lawn", "grass"],
  beach: ["a beach"],
};

const nounOf = new Map(
  nouns.flatMap((noun) => nounWords[noun].flat().map((word) => [word, noun] as const)),
);
const countOf = new Map(
  Object.entries(countWords).flatMap(([count, words]) => words.map((word) => [word, count])),
);

/** "three red apples", whole: number, colour if there is one, noun. */
function thingsSlot(): Slot {
  const parts = [[...countOf.keys()], colours, [...nounOf.keys()]].map(alternatives);
  const whole = new RegExp(`^(${parts[0]}) (?:(${parts[1]}) )?(${parts[2]})$`);
  return {
    say(attributes, random) {
      const { noun, count, colour = "" } = attributes as Attributes & { noun: Noun; count: Count };
      const [one, many] = random.oneIn(2) ? nounWords[noun][0]! : random.pick(nounWords[noun]);
      return `${pickWording(countWords[count], random)} ${colour} ${count === "1" ? one : many}`;
    },
    pattern: `${parts[0]} (?:${parts[1]} )?${parts[2]}`,
    hear(words) {
      const [, count, colour, word] = whole.exec(words)!;
      const told = { count: countOf.get(count!)!, noun: nounOf.get(word!)! };
      return colour === undefined ? told : { ...told, colour };
    },
  };
}

/** Words that go with one thing, or with many; they tell nothing. */
function numberedSlot(one: string, many: string): Slot {
  return {
    ...fillerSlot([one, many]),
    say: ({ count }) => (count === "1" ? one : many),
  };
}

const slots: Slots = {
  style: styleSlot,
  things: thingsSlot(),
  place: wordSlot("place", placeWords),
  surface: wordSlot("place", surfaceWords),
  // A collection is one thing, five things of a collection are many: both are heard.
  is: {
    ...fillerSlot(["is", "are"]),
    say: ({ count }) => (count === "1" || count === "collection" ? "is" : "are"),
  },
  theyAre: numberedSlot("it is", "they are"),
  standing: fillerSlot(["sitting", "standing"]),
};

export const templates: readonly string[] = [
  "{style} {things} {place}",
  "{things} {is} sitting {place}",
  "{style} {things} {standing} {place}",
  "there {is} {things} {place}",
  "{style} {surface} with {things} on it",
  "{place}, there {is} {things}",
  "{style} {things}. {theyAre} {place}.",
];

export const grammar: Grammar = { templates, slots };

export function caption(scene: CountingScene, random: Random): string {
  return say(random.pick(templates), slots, attributesOf(scene), random);
}

/** Undefined as well for things in colours that they do not have. */
export function parse(text: string): Attributes | undefined {
  const told = hear(templates, slots, text);
  return told && isPossible(told) ? told : undefined;
}
