/** @file "Did you mean": the words that take the fewest typing changes. */

/** The `count` words nearest to `word`, nearest first; a word that contains it, or its last part, counts as near. */
export function nearest(word: string, words: readonly string[], count: number): string[] {
  const last = word.split(".").at(-1)!;
  const distance = (known: string) =>
    Math.min(editDistance(word, known), editDistance(last, known.split(".").at(-1)!) + 0.5);
  return words
    .map((known) => ({ known, distance: distance(known) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count)
    .map(({ known }) => known);
}

/** Letters to insert, delete or replace to get from one word to the other. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replace = row[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replace, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
}
