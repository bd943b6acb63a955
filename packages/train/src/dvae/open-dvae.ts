/** @file The dVAE that a transformer is trained on: of a training run, or of an imported model folder that keeps its weights. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { DalleError } from "@dalle-ts/tensor";
import { readModelFolder } from "dalle-ts";
import { readParameters } from "../parameters.js";
import { openDvaeRun, type TrainedDvae } from "../run/run-folder.js";
import { dvaeSpecs } from "./task.js";

/** In a model folder: the weights under our names, which the graphs hold in another layout. */
export const DVAE_WEIGHTS_FILE = "dvae.safetensors";

/** Whether a folder is a model's that a transformer can be trained on. */
export async function isDvaeModel(folder: string): Promise<boolean> {
  const files = ["config.json", DVAE_WEIGHTS_FILE].map((file) => stat(join(folder, file)));
  return (await Promise.allSettled(files)).every(({ status }) => status === "fulfilled");
}

export async function openDvae(
  folder: string,
  device = "cpu",
): Promise<Omit<TrainedDvae, "recipe">> {
  if (!(await isDvaeModel(folder))) return openDvaeRun(folder, device);
  const model = await readModelFolder(folder);
  const { dvae, files } = model.config;
  if (!dvae || dvae.family !== undefined)
    throw new DalleError("bad_model", `${folder} holds no dVAE; import one with openai-dvae.`);
  return {
    config: dvae,
    parameters: await readParameters(model.path(DVAE_WEIGHTS_FILE), dvaeSpecs(dvae), device),
    hash: encoderHash(files),
  };
}

/** Tells one model's dVAE from another's: of the weights that make codes of pictures. */
export function encoderHash(files: Readonly<Record<string, { readonly sha256: string }>>): string {
  return files["dvae-encoder.weights-0.bin"]!.sha256;
}
