/**
 * @file Captions as templates that work both ways: `say` fills the holes of a template from attributes,
 * `hear` reads the attributes back out of a caption. One list of templates is both grammar and parser, so
 * the two cannot drift apart.
 */
import type { Random } from "../random.js";

/** The flat attributes of a scene: `"first.colour" → "red"`. */
export type Attributes = Readonly<Record<string, string>>;

/** One kind of hole. Wordings write "a" for "a" and "an" alike; `say` and `hear` mend it. */
export interface Slot {
  /** The words for these attributes; a wording is picked at random where there are several. */
  say(attributes: Attributes, random: Random): string;
  /** A regular expression (source, no capture groups) for every wording that `say` may give. */
  readonly pattern: string;
  /** Words that it may give, where its pattern does not spell them out. */
  readonly words?: readonly string[];
  /** The attributes that the words tell; undefined if they are not wordings of this slot after all. */
  hear(words: string): Attributes | undefined;
}

export type Slots = Readonly<Record<string, Slot>>;

/** Everything that the captions of a family are made of. */
export interface Grammar {
  readonly templates: readonly string[];
  readonly slots: Slots;
}

/** Fills each `{name}` of `template`. "a" before a hole becomes "an" where the next word asks for it. */
export function say(
  template: string,
  slots: Slots,
  attributes: Attributes,
  random: Random,
): string {
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) =>
    slots[name]!.say(attributes, random),
  );
  return filled
    .replace(/\s+/g, " ")
    .trim()
    .replace(/\ba (?=[aeiou])/g, "an ");
}

/** The attributes that `caption` tells if it is a filling of one of `templates`, else undefined. */
export function hear(
  templates: readonly string[],
  slots: Slots,
  caption: string,
): Attributes | undefined {
  const text = caption
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim()
    .replace(/\ban (?=[aeiou])/g, "a ");
  for (const template of templates) {
    const attributes = match(template, slots, text);
    if (attributes) return attributes;
  }
  return undefined;
}

function match(template: string, slots: Slots, text: string): Attributes | undefined {
  const { expression, holes } = compile(template, slots);
  const found = expression.exec(text);
  if (!found) return undefined;
  const attributes: Record<string, string> = {};
  for (const [index, name] of holes.entries()) {
    const told = slots[name]!.hear(found[index + 1]!.trim());
    if (!told) return undefined;
    for (const [key, value] of Object.entries(told)) {
      if ((attributes[key] ?? value) !== value) return undefined; // told twice, differently
      attributes[key] = value;
    }
  }
  return attributes;
}

interface Compiled {
  readonly expression: RegExp;
  readonly holes: readonly string[];
}

const compiled = new WeakMap<Slots, Map<string, Compiled>>();

function compile(template: string, slots: Slots): Compiled {
  const known = compiled.get(slots) ?? new Map<string, Compiled>();
  compiled.set(slots, known);
  const ready = known.get(template);
  if (ready) return ready;
  const holes: string[] = [];
  // A hole may be empty, so the blank after it is optional; `say` squeezes blanks the same way.
  const source = template
    .replace(/[.'-]/g, "\\$&")
    .replace(/\{(\w+)\}( ?)/g, (_, name: string, blank: string) => {
      holes.push(name);
      return `(${slots[name]!.pattern})${blank && " ?"}`;
    });
  const result = { expression: new RegExp(`^${source}$`), holes };
  known.set(template, result);
  return result;
}

/** A slot that says the value of one attribute by one of its wordings; the first wording is the usual one. */
export function wordSlot(key: string, wordings: Readonly<Record<string, readonly string[]>>): Slot {
  const meaning = new Map<string, string>();
  for (const [value, words] of Object.entries(wordings))
    for (const word of words) meaning.set(word, value);
  return {
    say: (attributes, random) => pickWording(wordings[attributes[key]!]!, random),
    pattern: alternatives([...meaning.keys()]),
    hear: (words) => {
      const value = meaning.get(words);
      return value === undefined ? undefined : { [key]: value };
    },
  };
}

/** A slot whose values are their own wordings. */
export function valueSlot(key: string, values: readonly string[]): Slot {
  return wordSlot(key, Object.fromEntries(values.map((value) => [value, [value]])));
}

/** A slot for an article before a noun phrase: "a", seldom nothing. */
export const articleSlot: Slot = {
  say: (_, random) => (random.oneIn(8) ? "" : "a"),
  pattern: "a?",
  hear: () => ({}),
};

/** A slot that tells nothing: one of `words`, the first half of the time. */
export function fillerSlot(words: readonly string[]): Slot {
  return {
    say: (_, random) => pickWording(words, random),
    pattern: alternatives(words),
    hear: () => ({}),
  };
}

/** The first wording half of the time, any of them otherwise. */
export function pickWording(words: readonly string[], random: Random): string {
  return random.oneIn(2) ? words[0]! : random.pick(words);
}

/** A regular expression for any of `words`, longest first so that none hides a longer one. */
export function alternatives(words: readonly string[]): string {
  const byLength = [...words].sort((a, b) => b.length - a.length);
  return `(?:${byLength.map((word) => word.replace(/[.'-]/g, "\\$&")).join("|")})`;
}

const styles = ["a illustration of", "a picture of", "a drawing of", "a image of"];

/** Seldom-said openings, for templates that start with a noun phrase. */
export const styleSlot: Slot = {
  say: (_, random) => (random.oneIn(16) ? random.pick(styles) : ""),
  pattern: alternatives(["", ...styles]),
  hear: () => ({}),
};
