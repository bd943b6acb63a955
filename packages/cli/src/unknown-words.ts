/** @file Whether a caption asks for something outside of the painted world that a model was taught. */
import type { ModelConfig } from "dalle-ts";

/** In a warning; a caption in another language has them all. */
const NAMED_WORDS = 5;

/** A sentence on words that none of its captions had; none where there are no such words, or where other pictures taught it too. */
export async function unknownWordsWarnings(
  caption: string,
  { world, trainedOn }: Pick<ModelConfig, "world" | "trainedOn">,
): Promise<string[]> {
  // Every stream of the world is one of the things that it was trained on, and so is every set of other pictures.
  if (world.length === 0 || world.length !== trainedOn.split("; then ").length) return [];
  const { knownWords, unknownWords } = await import("@dalle-ts/data/unknown-words");
  const taught = world.flatMap(({ families }) => families);
  const words = unknownWords(caption, taught);
  if (words.length === 0) return [];
  const shown = words.slice(0, NAMED_WORDS).map((word) => `"${word}"`);
  const more = words.length - shown.length;
  const list = new Intl.ListFormat("en").format([...shown, ...(more > 0 ? [`${more} more`] : [])]);
  const families = [...knownWords.keys()];
  const known = families.filter((name) => taught.includes(name));
  const only = known.length === families.length ? "" : ` --families ${known.join(",")}`;
  return [
    `No caption that the model was taught with has the ${words.length === 1 ? "word" : "words"} ${list}, so it knows nothing of that; \`dalle data sheet world -o world.png${only}\` shows what it knows, and docs/import.md says how to bring a larger model.`,
  ];
}
