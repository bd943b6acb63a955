/** @file The parts of a model folder that DALLE-pytorch's files become. */
import type { PictureCodecConfig } from "@dalle-ts/models";
import { type CheckpointFile, DalleError } from "@dalle-ts/tensor";
import type { FoundParts } from "../../export/export-imported.js";
import { importDallePytorch } from "./import-dalle-pytorch.js";
import { findTokenizerJson } from "./tokenizer-json.js";

/** Share of all tokens, the caption's too, that the reference's command draws among. */
const SHARE_DRAWN = 0.1;

const KERNEL_NOTE =
  "No file tells the size of the convolutional masks: assumed is the program's own, 5 × 5. A model that was trained with another draws worse than it could.";
const PIXELS_NOTE =
  "No file tells how the dVAE's pixels were scaled: assumed is −1 … 1, as the program's command does. If the pictures come out pale or dark, the model was trained otherwise.";
const TOKENIZER_NOTE =
  "No file holds the tokenizer, so the model cannot read captions: import it again with its tokenizer.json, with the bpe.model of youtokentome, or with bpe_simple_vocab_16e6.txt, which the program takes where none is named.";

export async function dallePytorchParts(
  files: readonly CheckpointFile[],
  paths: readonly string[],
): Promise<FoundParts> {
  const { config, parameters, codec } = importDallePytorch(files);
  if (!codec)
    throw new DalleError(
      "bad_file",
      "dalle-pytorch: none of the files holds the model's dVAE; add the vae.pt that it was trained with.",
    );
  const { textVocabulary, textStates, imageCodes } = config;
  const tokens = textVocabulary + textStates + imageCodes;
  const tokenizer = await findTokenizerJson(paths, textVocabulary);
  return {
    transformer: { config: { family: "axial", ...config }, parameters },
    dvae: codec.part,
    ...(tokenizer === undefined ? {} : { tokenizer }),
    sampling: { topK: Math.min(imageCodes, Math.max(1, Math.floor(SHARE_DRAWN * tokens))) },
    notes: [
      ...(tokenizer === undefined ? [TOKENIZER_NOTE] : []),
      ...(config.masks.some((mask) => /convolution/i.test(mask)) ? [KERNEL_NOTE] : []),
      ...(isScaleAssumed(codec.part.config) ? [PIXELS_NOTE] : []),
    ],
  };
}

function isScaleAssumed(config: PictureCodecConfig): boolean {
  return config.family === "strided-dvae" && config.pixelScale === undefined;
}
