/** @file What a finished run offers to the next stage: the averaged weights and the settings they were trained with. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ClipConfig, DvaeConfig, TransformerConfig } from "@dalle-ts/models";
import { clipSpecs, dvaeSpecs, transformerSpecs } from "@dalle-ts/models";
import { DalleError, type ParameterSpec } from "@dalle-ts/tensor";
import { describeFile } from "dalle-ts/parts";
import {
  bestCheckpoint,
  latestCheckpoint,
  readState,
  weightsPath,
} from "../checkpoint/checkpoint.js";
import type { ClipRecipe } from "../clip/recipe.js";
import type { DvaeRecipe } from "../dvae/recipe.js";
import { autoencoderSteps } from "../dvae/recipe.js";
import { type DvaeStart, keepsCodes } from "../dvae/task.js";
import { readParameters, type TorchParameters } from "../parameters.js";
import { tokenizerHash } from "../tokenizer/tokenizer-json.js";
import type { TransformerRecipe } from "../transformer/recipe.js";
import type { TransformerStart } from "../transformer/task.js";
import { type TaughtData, taughtBy } from "./own-data.js";
import type { TrainingRecipe } from "./recipe.js";

export interface TrainedDvae {
  readonly config: DvaeConfig;
  readonly parameters: TorchParameters;
  /** Tells its codes from those of another dVAE. */
  readonly hash: string;
  /** Of its encoder's weights in a model folder: what its codes were known by before models told the hash of the run. */
  readonly encoderHash?: string;
}

/** Whether what was trained with the dVAE of this hash knows the codes of this one. */
export function hasCodesOf(
  { hash, encoderHash }: Omit<TrainedDvae, "config" | "parameters">,
  of: string | undefined,
): boolean {
  return of !== undefined && (of === hash || of === encoderHash);
}

export interface TrainedTransformer {
  readonly config: TransformerConfig;
  readonly parameters: TorchParameters;
  /** Of the tokenizer and the dVAE it was trained with. */
  readonly hashes: Readonly<Record<string, string>>;
  /** SHA-256 of its weights. */
  readonly hash: string;
  /** All that it was taught with, oldest first. */
  readonly data: readonly TaughtData[];
}

export interface TrainedClip {
  readonly recipe: ClipRecipe;
  readonly config: ClipConfig;
  readonly parameters: TorchParameters;
  /** Of the tokenizer it was trained with. */
  readonly hashes: Readonly<Record<string, string>>;
  /** SHA-256 of its weights. */
  readonly hash: string;
}

/** The averaged dVAE of a run folder; its hash is that of its weights, or of the dVAE whose codes it keeps. */
export async function openDvaeRun(
  directory: string,
  device = "cpu",
): Promise<TrainedDvae & { readonly recipe: DvaeRecipe }> {
  const { settings, parameters, hash } = await openRun<
    DvaeRecipe & { readonly from?: Omit<DvaeStart, "parameters"> }
  >(directory, "dvae", device, (recipe, step) => {
    requireCodes(directory, recipe, step);
    return dvaeSpecs(recipe.model);
  });
  const codesOf = keepsCodes(settings) ? settings.from?.hash : undefined;
  return { recipe: settings, config: settings.model, parameters, hash: codesOf ?? hash };
}

/** Throws for a run that still trains its autoencoder: what its encoder chooses by then are no codes. */
function requireCodes(directory: string, recipe: DvaeRecipe, step: number): void {
  const without = autoencoderSteps(recipe);
  if (without === 0 || step > without) return;
  throw new DalleError(
    "bad_data",
    `${directory} is at step ${step} of ${recipe.steps}, and has no codes until step ${without + 1}; go on with the same \`dalle train dvae\` command first.`,
  );
}

/** What a transformer's checkpoint says of its run. */
type TransformerSettings = Pick<TrainedTransformer, "config" | "hashes"> & {
  readonly recipe: TransformerRecipe;
  /** The version of the painted world that it is taught. */
  readonly world?: number;
  /** What the run went on from. */
  readonly from?: Omit<TransformerStart, "parameters">;
};

/** The averaged transformer of a run folder. */
export async function openTransformerRun(
  directory: string,
  device = "cpu",
): Promise<TrainedTransformer> {
  const { settings, ...trained } = await openRun<TransformerSettings>(
    directory,
    "transformer",
    device,
    ({ config }) => transformerSpecs(config),
  );
  const { config, hashes, from, recipe, world } = settings;
  const data = [...(from?.data ?? []), taughtBy(recipe.data, world)];
  return { config, hashes, data, ...trained };
}

/** The averaged CLIP of a run folder. */
export async function openClipRun(directory: string, device = "cpu"): Promise<TrainedClip> {
  const { settings, ...trained } = await openRun<Pick<TrainedClip, "recipe" | "config" | "hashes">>(
    directory,
    "clip",
    device,
    ({ config }) => clipSpecs(config),
  );
  return { ...settings, ...trained };
}

export interface RunSteps {
  readonly done: number;
  readonly all: number;
  /** Whose weights the run is opened with. */
  readonly best: number;
}

/** How far a run is; undefined for a folder without checkpoints, such as a tokenizer's or a model. */
export async function stepsOf(directory: string): Promise<RunSteps | undefined> {
  const newest = await latestCheckpoint(directory);
  const best = await bestCheckpoint(directory);
  if (!newest || !best) return undefined;
  const { step, settings } = await readState(newest);
  const recipe = "recipe" in settings ? settings.recipe : settings;
  const { steps } = recipe as TrainingRecipe;
  return { done: step, all: steps, best: best.state.step };
}

/** What to tell whoever uses a run that has steps left; `verb`: what to do again when it has none. */
export function unfinishedNote(
  directory: string,
  steps: RunSteps | undefined,
  verb: string,
): string | undefined {
  if (!steps || steps.done >= steps.all) return undefined;
  return `${directory} is at step ${steps.done} of ${steps.all}; ${verb} again when it has been trained to its end.`;
}

/** Text and hash of the tokenizer.json of a tokenizer run. */
export async function openTokenizerRun(directory: string): Promise<{ text: string; hash: string }> {
  const path = join(directory, "tokenizer.json");
  const text = await readFile(path, "utf8").catch((cause) => {
    throw new DalleError(
      "not_found",
      `${path} cannot be read; train one with \`dalle train tokenizer\` first.`,
      { cause },
    );
  });
  return { text, hash: tokenizerHash(text) };
}

async function openRun<Settings extends object>(
  directory: string,
  kind: string,
  device: string,
  specsOf: (settings: Settings, step: number) => ParameterSpec[],
): Promise<{ settings: Settings; parameters: TorchParameters; hash: string }> {
  const best = await bestCheckpoint(directory);
  if (!best) {
    const problem = existsSync(directory) ? "holds no checkpoint" : "does not exist";
    throw new DalleError(
      "not_found",
      `${directory} ${problem}; check the path, or train one with \`dalle train ${kind}\` first.`,
    );
  }
  const { path: checkpoint, state } = best;
  if (state.kind !== kind) {
    throw new DalleError(
      "bad_option",
      `${directory} is a run of kind "${state.kind}", expected "${kind}"; check the order of the folders.`,
    );
  }
  const settings = state.settings as Settings;
  const path = weightsPath(checkpoint, "averaged");
  const parameters = await readParameters(path, specsOf(settings, state.step), device);
  return { settings, parameters, hash: (await describeFile(path)).sha256 };
}
