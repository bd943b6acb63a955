/**
 * @file The codes that a picture was drawn with, as text in its PNG: whoever goes on from the file has the very codes, and
 * need not read them from the pixels, where some come out as others that are nearly as likely.
 */

/** Under which a PNG has them. */
export const CODES_KEY = "picture-codes";

/** In raster order: "512 7 60". */
export const codesText = (codes: Int32Array): string => codes.join(" ");

/** Undefined for a text of anything else. Whether they are the picture's is for its dVAE to tell. */
export function parseCodes(text: string): Int32Array | undefined {
  if (!/^\d{1,5}( \d{1,5})*$/.test(text)) return undefined;
  return Int32Array.from(text.split(" "), Number);
}
