/** @file dalle-mini against a reference program: min-dalle's ladder, with captions as dalle-mini itself reads them. */
import type { CheckpointFile } from "@dalle-ts/tensor";
import type { CheckedImport } from "../check/compare.js";
import type { Reference } from "../check/reference.js";
import type { ImportFacts } from "../facts.js";
import { checkMinDalle } from "../min-dalle/check-min-dalle.js";
import { importWithHeads } from "../min-dalle/find-heads.js";
import { minDalleTokenizerJson } from "../min-dalle/tokenizer-json.js";
import { minDalleSources } from "./flax-names.js";
import { findHashtagWords } from "./hashtag-words.js";
import { dalleMiniNormalizers } from "./normalizers.js";
import { dalleMiniFacts, tokenizerPaths } from "./parts.js";

/** files: those of `paths` that are checkpoints. */
export async function checkDalleMini(
  files: readonly CheckpointFile[],
  paths: readonly string[],
  reference: Reference,
  said: Pick<ImportFacts, "heads">,
): Promise<CheckedImport> {
  const tokenizer = await minDalleTokenizerJson(tokenizerPaths(paths), dalleMiniNormalizers());
  const hashtagWords = await findHashtagWords(paths);
  const facts = await dalleMiniFacts(paths, said);
  const imported = await importWithHeads(minDalleSources(files), reference, facts);
  const options = hashtagWords === undefined ? {} : { hashtagWords };
  const rows = await checkMinDalle(imported, tokenizer, reference, options);
  return { rows, found: { heads: imported.config.heads } };
}
