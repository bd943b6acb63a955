/** @file A picture may have several captions; they travel as the lines of one text, as in a `.txt` file beside it. */
import type { Random } from "../random.js";
import { tidyCaption } from "./text.js";

/** Each of them tidied to one line; undefined if none says anything. */
export function joinCaptions(captions: readonly string[]): string | undefined {
  const lines = captions.map(tidyCaption).filter((line) => line !== undefined);
  return lines.length > 0 ? lines.join("\n") : undefined;
}

/** caption: of a record → its captions, at least one. */
export function captionLines(caption: string): readonly string[] {
  return caption.split("\n");
}

/** One of them by chance; nothing is drawn where there is one. */
export function drawCaption(caption: string, random: Random): string {
  const lines = captionLines(caption);
  return lines.length === 1 ? caption : lines[random.integer(lines.length)]!;
}
