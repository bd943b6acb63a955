/** @file The parts of a model folder that minDALL-E's files become. */
import type { CheckpointFile } from "@dalle-ts/tensor";
import type { FoundParts } from "../../export/export-imported.js";
import { textEndingIn } from "../read-texts.js";
import { minDallEFacts } from "./facts.js";
import { importMinDallE } from "./import-mindalle.js";
import { minDallETokenizerJson, paddingId } from "./tokenizer-json.js";

export async function minDallEParts(
  files: readonly CheckpointFile[],
  paths: readonly string[],
): Promise<FoundParts> {
  const tokenizer = await minDallETokenizerJson(paths);
  const facts = minDallEFacts(await textEndingIn(paths, ".yaml", "config.yaml"));
  const { config, parameters, vqgan } = importMinDallE(files, facts);
  return {
    transformer: {
      config: { family: "dense", ...config, padding: paddingId(tokenizer) },
      parameters,
    },
    dvae: { config: { family: "vqgan", ...vqgan.config }, parameters: vqgan.parameters },
    tokenizer,
    sampling: { topK: Math.min(256, config.imageCodes) },
  };
}
