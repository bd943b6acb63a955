/** @file Finishes a model folder: hashes the files that were written into it and writes config.json last. */
import { join } from "node:path";
import { writeFileAtomic } from "@dalle-ts/tensor";
import { CONFIG_FILE, checkModelConfig, FORMAT_VERSION, type ModelConfig } from "./config.js";
import { describeFile } from "./describe-file.js";

/** What the writer of a model knows; the format version and the hashes are filled in. */
export type ModelDescription = Omit<ModelConfig, "formatVersion" | "files">;

/**
 * `fileNames`: every file the model needs, already in the folder. The model card is not one: it may be edited later.
 * `already`: files that are described, and may be elsewhere.
 */
export async function writeConfig<D extends ModelDescription>(
  directory: string,
  description: D,
  fileNames: readonly string[],
  already: ModelConfig["files"] = {},
): Promise<ModelConfig & D> {
  const files = { ...already };
  for (const name of [...fileNames].sort()) files[name] = await describeFile(join(directory, name));
  const path = join(directory, CONFIG_FILE);
  const config = checkModelConfig({ formatVersion: FORMAT_VERSION, ...description, files }, path);
  await writeFileAtomic(path, `${JSON.stringify(config, null, 2)}\n`);
  return { ...config, ...description };
}
