/** @file A model folder from the parts of a public checkpoint: those that it has, as graphs, tokenizers and config.json. */
import { basename, join } from "node:path";
import type { ClipConfig, CodeModelConfig, PictureCodecConfig } from "@dalle-ts/models";
import { DalleError, makeFolder, type WeightFormat } from "@dalle-ts/tensor";
import type { ModelConfig } from "dalle-ts";
import {
  CaptionTokenizer,
  CLIP_TOKENIZER_FILE,
  checkModelParts,
  HASHTAG_WORDS_FILE,
  type ModelParts,
  writeConfig,
  writeFileAtomic,
} from "dalle-ts/parts";
import { exportClip } from "./export-clip.js";
import { exportDvae } from "./export-dvae.js";
import { exportEncoderDecoder } from "./export-encoder-decoder.js";
import { exportStream } from "./export-stream.js";
import { exportStridedDvae } from "./export-strided-dvae.js";
import { exportTransformer } from "./export-transformer.js";
import { exportVqgan } from "./export-vqgan.js";
import type { GraphParameter } from "./record.js";

/** A network with its weights, read when they are written. */
export interface ImportedPart<Config> {
  readonly config: Config;
  readonly parameters: readonly GraphParameter[];
}

export interface ImportedParts {
  readonly dvae?: ImportedPart<PictureCodecConfig>;
  readonly transformer?: ImportedPart<CodeModelConfig>;
  readonly clip?: ImportedPart<ClipConfig>;
  /** Texts of the transformer's tokenizer.json and of CLIP's. */
  readonly tokenizer?: string;
  readonly clipTokenizer?: string;
  /** The list of words that the tokenizer cuts hashtags with. */
  readonly hashtagWords?: string;
  /** How its pictures are drawn when a request does not say. */
  readonly sampling?: ModelConfig["sampling"];
  /** Where the weights are from, and under which licence. */
  readonly trainedOn: string;
  /** A model that gets these parts added, whose files are not in the folder that is written. */
  readonly base?: ModelConfig;
}

/** What a kind of files gives; whoever imports them says where they are from. */
export interface FoundParts extends Omit<ImportedParts, "trainedOn" | "base"> {
  /** What no file tells and was taken by the family's rule: sentences for the user. @default none */
  readonly notes?: readonly string[];
}

/** Writes every file of the folder, config.json last, and returns the config. weightFormat: of the linear layers. */
export async function exportImported(
  folder: string,
  name: string,
  parts: ImportedParts,
  weightFormat: WeightFormat,
): Promise<ModelConfig> {
  const { dvae, transformer, clip, sampling, trainedOn, base } = parts;
  refuseForeign("transformer", parts.tokenizer, transformer?.config.textVocabulary);
  refuseForeign("CLIP", parts.clipTokenizer, clip?.config.text.vocabulary);
  const texts = Object.entries({
    "tokenizer.json": parts.tokenizer,
    [CLIP_TOKENIZER_FILE]: parts.clipTokenizer,
    [HASHTAG_WORDS_FILE]: parts.hashtagWords,
  }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const { files = {}, formatVersion: _, ...rest } = base ?? {};
  const description = {
    ...rest,
    name: base?.name ?? name,
    ...(dvae ? { dvae: dvae.config } : {}),
    ...(transformer ? { transformer: transformer.config } : {}),
    ...(clip ? { clip: clip.config } : {}),
    ...(sampling ? { sampling } : {}),
    // A dVAE alone has no linear layers.
    ...(!base && (transformer ?? clip) ? { dtype: weightFormat } : {}),
    trainedOn: base ? `${base.trainedOn}; ${trainedOn}` : trainedOn,
    world: base?.world ?? [],
    created: new Date().toISOString(),
  };
  refuseUnfit({ ...description, files: { ...files, ...Object.fromEntries(texts) } });
  makeFolder(folder);
  const graphs = [
    ...(dvae ? await exportCodec(folder, dvae) : []),
    ...(transformer ? await exportCodeModel(folder, transformer, weightFormat) : []),
    ...(clip ? await exportClip(folder, clip.config, clip.parameters, weightFormat) : []),
  ].map((path) => basename(path));
  for (const [file, text] of texts) await writeFileAtomic(join(folder, file), text);
  const written = [...graphs, ...texts.map(([file]) => file)];
  return writeConfig(folder, description, written, files);
}

/** Before weights are written, which takes minutes: whether the parts make one model. */
function refuseUnfit(model: ModelParts): void {
  try {
    checkModelParts(model);
  } catch (cause) {
    throw new DalleError(
      "bad_file",
      `The files do not make one model: ${(cause as Error).message}; give those of one model.`,
      { cause },
    );
  }
}

/** A tokenizer with ids that the model does not have was not trained with it. */
function refuseForeign(
  reader: string,
  tokenizer: string | undefined,
  vocabulary: number | undefined,
): void {
  if (tokenizer === undefined || vocabulary === undefined) return;
  const { largestId } = CaptionTokenizer.fromJson(tokenizer);
  if (largestId < vocabulary) return;
  throw new DalleError(
    "bad_file",
    `The tokenizer has ids up to ${largestId}, and the ${reader} knows those below ${vocabulary}; give the one that it was trained with.`,
  );
}

function exportCodec(folder: string, { config, parameters }: ImportedPart<PictureCodecConfig>) {
  switch (config.family) {
    case undefined:
      return exportDvae(folder, config, parameters);
    case "vqgan":
      return exportVqgan(folder, config, parameters);
    case "strided-dvae":
      return exportStridedDvae(folder, config, parameters);
  }
}

function exportCodeModel(
  folder: string,
  { config, parameters }: ImportedPart<CodeModelConfig>,
  weightFormat: WeightFormat,
) {
  switch (config.family) {
    case undefined:
      return exportTransformer(folder, config, parameters, weightFormat);
    case "encoder-decoder":
      return exportEncoderDecoder(folder, config, parameters, weightFormat);
    case "dense":
    case "sandwich":
    case "axial":
      return exportStream(folder, config, parameters, weightFormat);
  }
}
