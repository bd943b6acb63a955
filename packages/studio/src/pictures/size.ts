/** @file The size of a picture as clients ask for it: "auto" or WIDTHxHEIGHT. */

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

export const SMALLEST_SIDE = 16;
export const LARGEST_SIDE = 3840;

/** "1024x768" → its numbers; undefined for any other text or a side out of range. */
export function parseSize(text: string): PictureSize | undefined {
  const match = /^(\d{1,4})x(\d{1,4})$/.exec(text);
  if (!match) return undefined;
  const [width, height] = [Number(match[1]), Number(match[2])];
  const fits = (side: number) => side >= SMALLEST_SIDE && side <= LARGEST_SIDE;
  return fits(width) && fits(height) ? { width, height } : undefined;
}
