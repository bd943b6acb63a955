/** @file The tokenizer that a DALLE-pytorch model was trained with, of the kinds that its program takes [SPEC §7.2]. */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { DalleError } from "@dalle-ts/tensor";
import { findClipTokenizerJson } from "../clip/tokenizer-json.js";
import { rudalleTokenizerJson } from "../rudalle/tokenizer-json.js";
import { withUnicodeWords } from "./unicode-words.js";

/**
 * The text of a tokenizer.json: that among the paths, or made of youtokentome's model or of CLIP's merges. Undefined
 * where none is given. vocabulary: all ids of the model.
 */
export async function findTokenizerJson(
  paths: readonly string[],
  vocabulary: number,
): Promise<string | undefined> {
  const json = paths.find((path) => path.endsWith(".json"));
  if (json !== undefined) return withUnicodeWords(await readFile(json, "utf8"), basename(json));
  if (paths.some((path) => path.endsWith(".model"))) return youtokentomeJson(paths);
  for (const path of paths.filter((each) => each.endsWith(".txt"))) await refuseWordPieces(path);
  return findClipTokenizerJson(paths, vocabulary);
}

/** As ruDALL-E's, but for the capitals, which this program leaves as they are. */
async function youtokentomeJson(paths: readonly string[]): Promise<string> {
  const tokenizer = JSON.parse(await rudalleTokenizerJson(paths));
  const steps: readonly { type: string }[] = tokenizer.normalizer.normalizers;
  const normalizers = steps.filter(({ type }) => type !== "Lowercase");
  return JSON.stringify({ ...tokenizer, normalizer: { type: "Sequence", normalizers } });
}

/** BERT's vocab.txt, which models of Chinese captions were trained with, is a list of words and no merges. */
async function refuseWordPieces(path: string): Promise<void> {
  if (!(await readFile(path, "utf8")).startsWith("[PAD]")) return;
  throw new DalleError(
    "bad_file",
    `dalle-pytorch: ${basename(path)} is BERT's list of words, not CLIP's merges; give the tokenizer.json that is published beside it.`,
  );
}
