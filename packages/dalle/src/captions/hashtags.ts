/**
 * @file Hashtags as words, as dalle-mini's program reads them [SPEC §7.4]: "#throwbackthursday" → "throwback thursday". Which
 * words a hashtag holds is told by a list of them, the most common first. Knows nothing about tokens.
 */

/** The file of a model folder with the list: in each line the word of that rank, or nothing where no hashtag can hold it. */
export const HASHTAG_WORDS_FILE = "hashtag-words.txt";

/** The step of a normalizer at which they are cut; whoever reads it without the list takes the sign off. */
export const HASHTAG_STEP = {
  type: "Replace",
  pattern: { Regex: "#(\\w+)" },
  content: "$1",
} as const;

/** text: in lower case. words: the list, joined by line breaks. It is read once where there is a hashtag, and not kept. */
export function expandHashtags(text: string, words: string): string {
  const tags = text.match(/#\w+/g);
  if (!tags) return text;
  const costs = costsOfWordsIn(tags.join(""), words);
  return text.replace(/#(\w+)/g, (_, tag: string) =>
    tag
      .split("_")
      .flatMap((part) => cut(part, costs))
      .join(" "),
  );
}

/**
 * The list's words that occur anywhere in `text`, each with the logarithm of its rank; of a word that is named twice,
 * the last.
 */
function costsOfWordsIn(text: string, words: string): Map<string, number> {
  const costs = new Map<string, number>();
  let rank = 1;
  for (let start = 0; start < words.length; rank++) {
    const next = words.indexOf("\n", start);
    const end = next < 0 ? words.length : next;
    if (end > start && end - start <= text.length) {
      const word = words.slice(start, end);
      if (text.includes(word)) costs.set(word, Math.log(rank));
    }
    start = end + 1;
  }
  return costs;
}

/** The words that cost least together; where none fits, single characters. Digits side by side stay one number. */
function cut(text: string, costs: ReadonlyMap<string, number>): string[] {
  const longest = Math.max(1, ...[...costs.keys()].map(({ length }) => length));
  const cost = [0];
  const lengths = [0];
  for (let end = 1; end <= text.length; end++) {
    let best = { cost: Number.POSITIVE_INFINITY, length: 1 };
    for (let length = 1; length <= Math.min(end, longest); length++) {
      const word = costs.get(text.slice(end - length, end)) ?? Number.POSITIVE_INFINITY;
      const whole = cost[end - length]! + word;
      if (whole < best.cost) best = { cost: whole, length };
    }
    cost.push(best.cost);
    lengths.push(best.length);
  }
  const found: string[] = [];
  for (let end = text.length; end > 0; end -= lengths[end]!) {
    const word = text.slice(end - lengths[end]!, end);
    const right = found[0];
    if (right !== undefined && /\d$/.test(word) && /^\d/.test(right)) found[0] = word + right;
    else found.unshift(word);
  }
  return found;
}
