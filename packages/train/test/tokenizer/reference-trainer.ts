/** @file The definition of BPE training, recounted from scratch before every merge: slow, and short enough to trust. */
import { symbolOfByte } from "../../src/tokenizer/byte-alphabet.js";

export function referenceMerges(words: readonly string[], mergeCount: number): string[] {
  let spelled = words.map((word) => [...Buffer.from(word)].map((byte) => symbolOfByte[byte]!));
  const merges: string[] = [];
  while (merges.length < mergeCount) {
    const counts = new Map<string, number>();
    for (const symbols of spelled) {
      for (let i = 1; i < symbols.length; i++) {
        const pair = `${symbols[i - 1]} ${symbols[i]}`;
        counts.set(pair, (counts.get(pair) ?? 0) + 1);
      }
    }
    const [best] = [...counts].sort(comparePairs);
    if (!best || best[1] < 2) break;
    merges.push(best[0]);
    spelled = spelled.map((symbols) => joinPair(symbols, best[0]));
  }
  return merges;
}

function comparePairs([a, countA]: [string, number], [b, countB]: [string, number]): number {
  if (countA !== countB) return countB - countA;
  const [leftA, rightA] = a.split(" ") as [string, string];
  const [leftB, rightB] = b.split(" ") as [string, string];
  return compare(leftA, leftB) || compare(rightA, rightB);
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

function joinPair(symbols: readonly string[], pair: string): string[] {
  const joined: string[] = [];
  for (let i = 0; i < symbols.length; i++) {
    const isPair = `${symbols[i]} ${symbols[i + 1]}` === pair;
    joined.push(isPair ? symbols[i]! + symbols[++i]! : symbols[i]!);
  }
  return joined;
}
