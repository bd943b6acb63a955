/** @file The parts of a model folder that minDALL-E's files become. */
import type { CheckpointFile } from "@dalle-ts/tensor";
import type { FoundParts } from "../../export/export-imported.js";
import type { ImportFacts } from "../facts.js";
import { headsNote } from "../family-heads.js";
import { findMinDallEFacts } from "./facts.js";
import { importMinDallE, MINDALLE_HEAD_SIZE } from "./import-mindalle.js";
import { minDallETokenizerJson, paddingId } from "./tokenizer-json.js";

export async function minDallEParts(
  files: readonly CheckpointFile[],
  paths: readonly string[],
  said: Pick<ImportFacts, "heads">,
): Promise<FoundParts> {
  const tokenizer = await minDallETokenizerJson(paths);
  const facts = await findMinDallEFacts(paths, said);
  const { config, parameters, vqgan } = importMinDallE(files, facts);
  return {
    transformer: {
      config: { family: "dense", ...config, padding: paddingId(tokenizer) },
      parameters,
    },
    dvae: { config: { family: "vqgan", ...vqgan.config }, parameters: vqgan.parameters },
    tokenizer,
    sampling: { topK: Math.min(256, config.imageCodes) },
    ...(facts.heads === undefined && { notes: [headsNote(config, MINDALLE_HEAD_SIZE)] }),
  };
}
