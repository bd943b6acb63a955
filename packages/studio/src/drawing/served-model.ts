/** @file What the server knows of the model that it serves; the weights are in the model's own process. */
import { readFile } from "node:fs/promises";
import { CaptionTokenizer, type ModelConfig, readModelFolder } from "dalle-ts";

export interface ServedModel {
  readonly folder: string;
  readonly name: string;
  /** As it is written into pictures. */
  readonly hash: string;
  readonly config: ModelConfig;
  readonly tokenizer: CaptionTokenizer;
  /** Side of its pictures in pixels. */
  readonly imageSize: number;
  /** Tokens of a caption that it reads. */
  readonly captionTokens: number;
}

/** Checks that every file is there; the model's process compares their hashes when it loads them. */
export async function readServedModel(folder: string): Promise<ServedModel> {
  const { config, hash, path } = await readModelFolder(folder, { verify: "size" });
  return {
    ...{ folder, hash, config, name: config.name },
    tokenizer: CaptionTokenizer.fromJson(await readFile(path("tokenizer.json"), "utf8")),
    imageSize: config.dvae.imageSize,
    captionTokens: config.transformer.textStates - 1,
  };
}
