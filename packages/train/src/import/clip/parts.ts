/** @file The parts of a model folder that OpenAI's CLIP becomes. */
import { type CheckpointFile, DalleError } from "@dalle-ts/tensor";
import type { FoundParts } from "../../export/export-imported.js";
import type { ImportFacts } from "../facts.js";
import { clipHeadsNote } from "./heads.js";
import { importClip } from "./import-clip.js";
import { findClipTokenizerJson } from "./tokenizer-json.js";

const ACTIVATION_NOTE =
  "No file tells the activation: assumed is QuickGELU, which OpenAI's CLIPs have. A model of open_clip that was trained with the exact GELU scores worse than it could; take OpenAI's file, or one whose name ends in quickgelu.";

export async function clipParts(
  files: readonly CheckpointFile[],
  paths: readonly string[],
  { heads, textHeads }: Pick<ImportFacts, "heads" | "textHeads">,
): Promise<FoundParts> {
  const { config, parameters, published } = importClip(files, {
    image: heads,
    text: textHeads,
  });
  const clipTokenizer = await findClipTokenizerJson(paths, config.text.vocabulary + 2);
  if (clipTokenizer === undefined)
    throw new DalleError(
      "bad_file",
      "clip: its tokenizer is not among the files; add the path of bpe_simple_vocab_16e6.txt.gz.",
    );
  return {
    clip: { config, parameters },
    clipTokenizer,
    notes: [
      ...(heads === undefined ? [clipHeadsNote(config)] : []),
      ...(published ? [] : [ACTIVATION_NOTE]),
    ],
  };
}
