/** @file Emoji by their names in Unicode's data, as the programs of this family write them into captions. */
import { createRequire } from "node:module";

interface Emoji {
  readonly emoji: string;
  readonly label: string;
  /** Absent for parts of emoji, such as the letters of flags. */
  readonly group?: number;
  readonly skins?: readonly Emoji[];
}

/** What asks for a coloured picture of a character; people leave it out. */
const pictureSelector = "\uFE0F";

/**
 * Steps of a tokenizer.json's normalizer that name each emoji, long sequences before their parts: "🧢" → "billed_cap", with `mark`
 * before and after it.
 */
export function emojiNormalizers(mark = ""): object[] {
  const data: readonly Emoji[] = createRequire(import.meta.url)("emojibase-data/en/data.json");
  const named = data
    .filter(({ group }) => group !== undefined)
    .flatMap((entry) => [entry, ...(entry.skins ?? [])])
    .map(({ emoji, label }) => ({
      emoji: emoji.replaceAll(pictureSelector, ""),
      name: mark + nameOf(label) + mark,
    }))
    .toSorted((a, b) => b.emoji.length - a.emoji.length);
  return [{ emoji: pictureSelector, name: "" }, ...named].map(({ emoji, name }) => ({
    type: "Replace",
    pattern: { String: emoji },
    content: name,
  }));
}

/**
 * "flag: Congo - Kinshasa" → "Congo-Kinshasa", "A button (blood type)" → "A_button_(blood_type)"; colons, commas and
 * quotes go.
 */
function nameOf(label: string): string {
  return label
    .replace(/^flag: /, "")
    .replace(/^(.+): (.+), facing right$/, "$1 facing right: $2")
    .replace(" - ", "-")
    .replace(/[^\p{L}\p{N}\s’().&#*!-]/gu, "")
    .replace(/\s+/g, "_");
}
