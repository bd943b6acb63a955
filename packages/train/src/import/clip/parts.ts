/** @file The parts of a model folder that OpenAI's CLIP becomes. */
import type { CheckpointFile } from "@dalle-ts/tensor";
import type { FoundParts } from "../../export/export-imported.js";
import { importClip } from "./import-clip.js";
import { findClipTokenizerJson } from "./tokenizer-json.js";

export async function clipParts(
  files: readonly CheckpointFile[],
  paths: readonly string[],
): Promise<FoundParts> {
  const { config, parameters } = importClip(files);
  const clipTokenizer = await findClipTokenizerJson(paths, config.text.vocabulary + 2);
  return { clip: { config, parameters }, ...(clipTokenizer ? { clipTokenizer } : {}) };
}
