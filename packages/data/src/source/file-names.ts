/** @file What the name of a file says about it. */
import { isAbsolute, relative, sep } from "node:path";

/** What sharp's prebuilt binaries decode. SVG is left out: a drawing has no size, and may refer to other files. */
const pictureNames = /\.(jpe?g|jpe|jfif|png|webp|gif|tiff?|avif)$/i;
const otherPictureNames = /\.(bmp|heic|heif|svgz?|psd|ico|raw|cr2|nef|dng|jxl|jp2)$/i;
const ignoredNames = /^(\.|Thumbs\.db$|__MACOSX$)/i;

export const isPictureName = (name: string): boolean => pictureNames.test(name);
/** A picture in a format that is not read: worth a word, unlike a file of another kind. */
export const isForeignPictureName = (name: string): boolean => otherPictureNames.test(name);
export const isArchiveName = (name: string): boolean =>
  /\.(tgz|tbz2?|txz|zip|7z|rar|tar\.\w+)$/i.test(name);
export const isIgnoredName = (name: string): boolean => ignoredNames.test(name);

/** "a/b.c.jpg" → "a/b.c" */
export function withoutExtension(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot > name.lastIndexOf("/") + 1 ? name.slice(0, dot) : name;
}

/** "Animals/two_red-parrots_01.png" → "two red parrots 01" */
export function wordsOfName(path: string): string {
  const name = withoutExtension(path.slice(path.lastIndexOf("/") + 1));
  return name.replace(/[-_.+\s]+/g, " ").trim();
}

/** Both absolute. Nothing is looked up: a link may lead elsewhere. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== "" && !isAbsolute(way) && way.split(sep)[0] !== "..";
}

/** Does a name from inside an archive or a table lead out of its folder, or nowhere? */
export function leadsOutside(name: string): boolean {
  const parts = name.split(/[\\/]/);
  return /^([\\/]|[a-z]:)/i.test(name) || parts.includes("..") || name.includes("\0");
}
