/**
 * @file ruDALL-E's attention heads, which no file tells: as its program lists them, else by the size of the 1.3B
 * models' heads.
 */
import { familyHeads, headsNote } from "../family-heads.js";

/** Heads by width [ru-dalle's table of models]: its small model, Malevich and its kin, Kandinsky. */
const published: ReadonlyMap<number, number> = new Map([
  [768, 12],
  [2048, 16],
  [3840, 60],
]);

/** Of Malevich and its kin; taken for widths that nobody published. */
const headSize = 128;

export function rudalleHeads(width: number): number {
  return published.get(width) ?? familyHeads(width, headSize);
}

/** What was assumed, in a sentence; none where the width is a published one. */
export function rudalleHeadsNotes(config: { width: number; heads: number }): string[] {
  return published.has(config.width) ? [] : [headsNote(config, headSize)];
}
