/** @file Trains a tokenizer by a recipe and writes its tokenizer.json. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { worldSample } from "@dalle-ts/data";
import { writeFileAtomic } from "dalle-ts";
import type { TokenizerRecipe } from "./recipe.js";
import { tokenizerText } from "./tokenizer-json.js";
import { trainTokenizer } from "./train-tokenizer.js";

/** Writes `<directory>/tokenizer.json` and returns its path. */
export async function trainTokenizerRecipe(
  recipe: TokenizerRecipe,
  directory: string,
): Promise<string> {
  const tokenizer = trainTokenizer(captionsOf(recipe), recipe);
  await mkdir(directory, { recursive: true });
  const path = join(directory, "tokenizer.json");
  await writeFileAtomic(path, tokenizerText(tokenizer));
  return path;
}

function* captionsOf({ data }: TokenizerRecipe): Generator<string> {
  for (let index = 0; index < data.captions; index++) {
    yield worldSample(data.seed, index, { families: data.families }).caption;
  }
}
