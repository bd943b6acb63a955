/** @file The parts of a model folder that dalle-mini's files become. */
import { basename } from "node:path";
import type { CheckpointFile } from "@dalle-ts/tensor";
import type { FoundParts } from "../../export/export-imported.js";
import type { ImportFacts } from "../facts.js";
import type { MinDalleFacts } from "../min-dalle/import-min-dalle.js";
import { minDalleParts } from "../min-dalle/parts.js";
import { readConfigJson } from "./config-json.js";
import { DALLE_MINI_FACTS, minDalleSources } from "./flax-names.js";
import { findHashtagWords } from "./hashtag-words.js";
import { dalleMiniNormalizers } from "./normalizers.js";

const HASHTAG_NOTE =
  "No list of words is among the files, so hashtags stay as they are typed: #throwbackthursday is one word. To have them cut into words, add enwiki-words-frequency.txt, which lies beside the published tokenizer.";

/** The paths without those of files that are not the tokenizer's and have its endings. */
export function tokenizerPaths(paths: readonly string[]): string[] {
  return paths.filter((path) => !/^config\.json$|words-frequency/.test(basename(path)));
}

/** What the program does, what the files beside the weights tell, and what the user says, which comes first. */
export async function dalleMiniFacts(
  paths: readonly string[],
  { heads }: Pick<ImportFacts, "heads">,
): Promise<MinDalleFacts> {
  const told = { ...DALLE_MINI_FACTS, ...(await readConfigJson(paths)) };
  return heads === undefined ? told : { ...told, heads };
}

export async function dalleMiniParts(
  files: readonly CheckpointFile[],
  paths: readonly string[],
  said: Pick<ImportFacts, "heads">,
): Promise<FoundParts> {
  const facts = await dalleMiniFacts(paths, said);
  const parts = await minDalleParts(minDalleSources(files), tokenizerPaths(paths), facts, {
    sampling: { guidance: 10 },
    normalizers: dalleMiniNormalizers(),
  });
  const hashtagWords = await findHashtagWords(paths);
  if (hashtagWords !== undefined) return { ...parts, hashtagWords };
  return { ...parts, notes: [...(parts.notes ?? []), HASHTAG_NOTE] };
}
