/** @file The parts of a model folder that min-dalle's files, or dalle-mini's, become. */
import type { EncoderDecoderConfig } from "@dalle-ts/models";
import type { FoundParts } from "../../export/export-imported.js";
import { headsNote } from "../family-heads.js";
import type { WeightSource } from "../weights.js";
import {
  importMinDalle,
  MIN_DALLE_HEAD_SIZE,
  type MinDalleFacts,
  MOST_CODES,
} from "./import-min-dalle.js";
import { captionEnds, minDalleTokenizerJson } from "./tokenizer-json.js";

/** What the program that the files were made for does. */
export interface MinDalleProgram {
  /** How it draws. */
  readonly sampling: FoundParts["sampling"];
  /** What it does to a caption first. @default as min-dalle */
  readonly normalizers?: readonly object[];
}

export async function minDalleParts(
  files: readonly WeightSource[],
  paths: readonly string[],
  facts: MinDalleFacts,
  { sampling, normalizers }: MinDalleProgram,
): Promise<FoundParts> {
  const tokenizer = await minDalleTokenizerJson(paths, normalizers);
  const ends = captionEnds(tokenizer);
  const { config, parameters, vqgan } = importMinDalle(files, { ...facts, ...ends });
  const { topK } = sampling ?? {};
  return {
    transformer: { config: { family: "encoder-decoder", ...config }, parameters },
    dvae: { config: { family: "vqgan", ...vqgan.config }, parameters: vqgan.parameters },
    tokenizer,
    sampling: { ...sampling, ...(topK ? { topK: Math.min(topK, config.imageCodes) } : {}) },
    notes: [
      ...(facts.heads === undefined ? [headsNote(config, MIN_DALLE_HEAD_SIZE)] : []),
      ...unusedTokensNotes(config, facts),
    ],
  };
}

/** Of a decoder with more image tokens than there are codes; a VQGAN that was mistaken would look the same. */
function unusedTokensNotes(
  { imageVocabulary, imageCodes }: EncoderDecoderConfig,
  { start }: MinDalleFacts,
): string[] {
  const tokens = Math.min(MOST_CODES, start ?? imageVocabulary - 1);
  if (tokens <= imageCodes) return [];
  return [
    `The decoder has ${tokens} image tokens and the VQGAN ${imageCodes} codes: only those are drawn. If it was trained with another VQGAN, give that.`,
  ];
}
