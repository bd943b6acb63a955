/** @file Trains a tokenizer by a recipe and writes its tokenizer.json. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { isProblem, type PictureSource, worldSample } from "@dalle-ts/data";
import { writeFileAtomic } from "dalle-ts/parts";
import { requireOwnData } from "../run/own-data.js";
import type { TokenizerRecipe, WorldCaptions } from "./recipe.js";
import { tokenizerText } from "./tokenizer-json.js";
import { countWords, trainOnWords, type WordCounts } from "./train-tokenizer.js";

/** Writes `<directory>/tokenizer.json` and returns its path. `source`: the captions of a recipe made by `withOwnData`. */
export async function trainTokenizerRecipe(
  recipe: TokenizerRecipe,
  directory: string,
  source?: PictureSource,
): Promise<string> {
  requireOwnData(recipe.data, source);
  const counts: WordCounts = new Map();
  const captions = source ? captionsOf(source) : worldCaptions(recipe.data as WorldCaptions);
  for await (const caption of captions) countWords(caption, counts);
  const tokenizer = trainOnWords(counts, recipe);
  await mkdir(directory, { recursive: true });
  const path = join(directory, "tokenizer.json");
  await writeFileAtomic(path, tokenizerText(tokenizer));
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
    if (!isProblem(record)) yield record.caption;
  }
}
