/**
 * @file Which picture files the server reads: PNG, JPEG, WebP, GIF, AVIF and TIFF, whose cost is bounded by their pixels. An
 * SVG of a kilobyte can keep a processor busy for hours, and whatever else libvips learns to read is not asked for.
 */
import sharp from "sharp";

/** Families of libvips' loaders; Uhdr are JPEGs of phones. */
const readable = ["Png", "Jpeg", "Uhdr", "Webp", "Nsgif", "Heif", "Tiff"];

/** For the whole process, and from now on. */
export function limitReadableFormats(): void {
  sharp.block({ operation: ["VipsForeignLoad"] });
  sharp.unblock({ operation: readable.map((family) => `VipsForeignLoad${family}`) });
}
