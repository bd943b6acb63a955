/**
 * @file The paper's filters for captions and pictures from the web [SPEC §2.4; after Sharma et al., Conceptual Captions]. The
 * paper names the kinds and no numbers but the aspect ratio; numbers of our own are marked [D]. Its filter for captions that
 * are not English needs a language model (cld3) and is not here.
 */

/** Words of the shortest caption that says something [D]. */
const FEWEST_WORDS = 3;

/** Knows words also where nothing stands between them, as in Chinese. */
const wordsOf = new Intl.Segmenter("en", { granularity: "word" });

/** "caption too short" */
export function isShortCaption(caption: string): boolean {
  let words = 0;
  for (const { isWordLike } of wordsOf.segment(caption)) {
    if (isWordLike && ++words === FEWEST_WORDS) return false;
  }
  return true;
}

const date = /(\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|(19|20)\d\d)/.source;
const boilerplate: readonly RegExp[] = [
  // The paper's own example, "photographed on <date>", and its siblings
  new RegExp(
    `^(photo(graph(ed)?)?|picture|image|taken|created|uploaded|posted) (taken )?(on|in|at) .*${date}`,
    "i",
  ),
  // What cameras, phones and scanners write
  /^(img|dscn?|dscf|pict?|image|photo|screenshot|scan|mvc)[ _-]?\d+(\.\w{3,4})?$/i,
  /\b(all rights reserved|copyright ©?|stock (photo|image|vector)|click (to|here)|image not available)\b/i,
  // Only numbers, dates and punctuation
  /^[\p{N}\p{P}\p{S}\s]*$/u,
];

/** 'boilerplate such as "photographed on <date>"' */
export function isBoilerplateCaption(caption: string): boolean {
  return boilerplate.some((pattern) => pattern.test(caption.trim()));
}

/** "aspect ratio ∉ [1/2, 2]" */
export function isExtremeAspect(width: number, height: number): boolean {
  return width > 2 * height || height > 2 * width;
}

export const filterNames = ["short", "boilerplate", "aspect"] as const;
export type FilterName = (typeof filterNames)[number];

/** Why a pair is left out; undefined where it stays. */
export function filteredBecause(
  filters: readonly FilterName[],
  caption: string,
  { width, height }: { readonly width: number; readonly height: number },
): string | undefined {
  if (filters.includes("short") && isShortCaption(caption))
    return "has a caption that is too short";
  if (filters.includes("boilerplate") && isBoilerplateCaption(caption)) {
    return "has a boilerplate caption";
  }
  if (filters.includes("aspect") && isExtremeAspect(width, height)) {
    return "has an aspect ratio outside [1/2, 2]";
  }
  return undefined;
}
