/**
 * @file What a picture file is, told by its first bytes before anything decodes it. The list of formats is fixed: whatever else
 * an installed decoder has learned to read, files of strangers do not reach it.
 */

/** More than telling needs: an SVG names itself after declarations and comments, which may hold a whole licence. */
export const HEAD_BYTES = 65_536;

/**
 * head: the first HEAD_BYTES of a file, or all of a smaller one. "raster": PNG, JPEG, WebP, GIF, TIFF or AVIF, whose cost is
 * bounded by their pixels. "svg": a drawing, whose cost nothing bounds. Undefined for anything else.
 */
export function pictureKind(head: Uint8Array): "raster" | "svg" | undefined {
  const text = new TextDecoder("latin1").decode(head.subarray(0, HEAD_BYTES));
  const isRaster =
    text.startsWith("\x89PNG\r\n\x1a\n") ||
    text.startsWith("\xff\xd8\xff") || // JPEG
    (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) ||
    ["GIF87a", "GIF89a"].some((beginning) => text.startsWith(beginning)) ||
    ["II*\0", "MM\0*", "II+\0", "MM\0+"].some((beginning) => text.startsWith(beginning)) || // TIFF
    // AVIF, among the names of its first box; a phone's HEIC is the same but for these, and no decoder for it is installed. The
    // zero is of the box's length, and in no text: a drawing cannot pass for one.
    (text.startsWith("\0") && text.startsWith("ftyp", 4) && /avi[fs]/.test(text.slice(8, 64)));
  if (isRaster) return "raster";
  return text.toLowerCase().includes("<svg") ? "svg" : undefined;
}
