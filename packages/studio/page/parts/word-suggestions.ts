/** @file Words to finish the last one with. */

const MOST = 8;

/** Words that begin as the last word of the text does; none after a space or a whole word. */
export function wordSuggestions(text: string, words: readonly string[]): string[] {
  const [begun] = /[a-z]+$/.exec(text.toLowerCase()) ?? [];
  if (!begun) return [];
  return words.filter((word) => word.startsWith(begun) && word !== begun).slice(0, MOST);
}
