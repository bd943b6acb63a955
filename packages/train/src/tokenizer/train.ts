/** @file Trains a tokenizer by a recipe and writes its tokenizer.json. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { captionLines, isProblem, type PictureSource, worldSample } from "@dalle-ts/data";
import { DalleError } from "@dalle-ts/tensor";
import { writeFileAtomic } from "dalle-ts/parts";
import { refuseAmongPictures } from "../run/hold-folder.js";
import { requireOwnData } from "../run/own-data.js";
import type { TokenizerRecipe, WorldCaptions } from "./recipe.js";
import { tokenizerText } from "./tokenizer-json.js";
import { countWords, trainOnWords, type WordCounts } from "./train-tokenizer.js";

/**
 * Writes `<directory>/tokenizer.json` and returns its path; throws `bad_option` where another one is there. `source`:
 * the captions of a recipe made by `withOwnData`.
 */
export async function trainTokenizerRecipe(
  recipe: TokenizerRecipe,
  directory: string,
  source?: PictureSource,
): Promise<string> {
  requireOwnData(recipe.data, source);
  if (source) await refuseAmongPictures(directory, source);
  const counts: WordCounts = new Map();
  const captions = source ? captionsOf(source) : worldCaptions(recipe.data as WorldCaptions);
  for await (const caption of captions) countWords(caption, counts);
  const text = tokenizerText(trainOnWords(counts, recipe));
  const path = join(directory, "tokenizer.json");
  const before = await readFile(path, "utf8").catch(() => text);
  if (before !== text) {
    throw new DalleError(
      "bad_option",
      `${path} is another tokenizer than this one, and models may have been trained with it; choose another run folder with -o, or delete it first.`,
    );
  }
  await writeFileAtomic(path, text);
  return path;
}

function* worldCaptions({ captions, seed, families }: WorldCaptions): Generator<string> {
  for (let index = 0; index < captions; index++) {
    yield worldSample(seed, index, { families }).caption;
  }
}

/** Those of held-out pictures too: a token tells nothing of a picture. */
async function* captionsOf(source: PictureSource): AsyncGenerator<string> {
  for (let index = 0; index < source.count; index++) {
    const record = await source.readCaption(index);
    if (!isProblem(record)) yield* captionLines(record.caption);
  }
}
