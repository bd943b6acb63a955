/** @file The sheet that shows what a transformer's averaged weights draw: a picture for each of some held-out captions. */
import { dirname } from "node:path";
import { type CodeShards, captionLines, worldSample } from "@dalle-ts/data";
import { contactSheet, Dalle, encodePng } from "dalle-ts";
import { LONGEST_CAPTION, wholeCharacters, writeFileAtomic } from "dalle-ts/parts";
import { exportModel } from "../export/export-model.js";
import { evenly, shownRecords } from "../run/held-out.js";
import type { WorldData } from "../run/recipe.js";
import { withScratch } from "../run/scratch.js";
import type { TransformerRecipe } from "./recipe.js";

const SHEET_CAPTIONS = 24;

/** The first held-out captions of the world, or held-out ones of the user's own, if any are. */
export function sheetCaptions(
  { data }: TransformerRecipe,
  codes: CodeShards | undefined,
): string[] {
  if (codes) {
    const among = shownRecords(codes.count);
    return evenly(among.count, SHEET_CAPTIONS).map(
      (index) => captionLines(codes.caption(among.at(index)))[0]!,
    );
  }
  return Array.from({ length: SHEET_CAPTIONS }, (_, index) => {
    const { families, seed } = data as WorldData;
    return worldSample(seed, index, { families, split: "held-out" }).caption;
  });
}

/** One picture for each caption, of which the beginning is read, by the library that users generate with. */
export async function generationSheet(
  parts: Parameters<typeof exportModel>[1],
  captions: readonly string[],
  path: string,
): Promise<void> {
  await withScratch(dirname(path), async (folder) => {
    await exportModel(folder, parts);
    await using dalle = await Dalle.load(folder);
    const images = [];
    for (const [index, caption] of captions.entries()) {
      const read = wholeCharacters(caption, LONGEST_CAPTION);
      images.push(...(await dalle.generate(read, { seed: index })));
    }
    await writeFileAtomic(path, await encodePng(contactSheet(images, { columns: 12 })));
  });
}
