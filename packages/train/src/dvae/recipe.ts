/** @file Everything that decides a dVAE training run. */
import { checkDvaeConfig, type DvaeConfig } from "@dalle-ts/models";
import { badOption } from "@dalle-ts/tensor";
import { cosine } from "../optimiser/schedules.js";
import type { OwnData } from "../run/own-data.js";
import type { TrainingRecipe, WorldData } from "../run/recipe.js";

export interface DvaeRecipe extends TrainingRecipe {
  readonly kind: "dvae";
  readonly model: DvaeConfig;
  readonly data: WorldData | OwnData;
  /** τ falls along a half cosine to `end` at `share` of the steps after the autoencoder's [SPEC §1.3]. */
  readonly temperature: { readonly start: number; readonly end: number; readonly share: number };
  /** β goes along a half cosine from `start` to `end` at `share` of those steps; the paper's rises from 0 to 6.6 [SPEC §1.3]. */
  readonly klWeight: { readonly start: number; readonly end: number; readonly share: number };
  /** Smallest scale b of the logit-Laplace distribution; see `logitLaplaceLoss`. */
  readonly smallestScale: number;
  /**
   * Share of the run, in [0, 1) and rounded down to steps, that first trains an autoencoder without codes (bottleneck.ts);
   * what its cells send is then clustered into the first codes (spread-codes.ts). 0 starts with random codes, as the
   * paper does.
   */
  readonly autoencoderShare: number;
  /** How many nats a cell's second most likely code lies behind its first after the clustering; the median over cells. */
  readonly codeMargin: number;
}

/** Steps before the first relaxed one, of which a run of any length has at least one. */
export function autoencoderSteps(recipe: Pick<DvaeRecipe, "steps" | "autoencoderShare">): number {
  return Math.floor(recipe.autoencoderShare * recipe.steps);
}

export function temperatureAt(recipe: DvaeRecipe, step: number): number {
  return relaxationSchedule(recipe.temperature, recipe, step);
}

export function klWeightAt(recipe: DvaeRecipe, step: number): number {
  return relaxationSchedule(recipe.klWeight, recipe, step);
}

/** Schedules of the relaxation begin where the autoencoder ends. */
function relaxationSchedule(
  { start, end, share }: DvaeRecipe["temperature"],
  recipe: DvaeRecipe,
  step: number,
): number {
  const before = autoencoderSteps(recipe);
  return cosine(start, end, share * (recipe.steps - before), step - before);
}

/** Refuses by name what a run could not be trained with. */
export function checkDvaeRecipe(recipe: DvaeRecipe): void {
  checkDvaeConfig(recipe.model);
  const { autoencoderShare, codeMargin } = recipe;
  const { codes, codeWidth } = recipe.model;
  if (!(autoencoderShare >= 0 && autoencoderShare < 1))
    throw badOption("autoencoderShare", "a number in [0, 1)", autoencoderShare);
  if (autoencoderSteps(recipe) === 0) return;
  if (codeWidth > codes) throw badOption("model.codeWidth", "at most model.codes", codeWidth);
  if (!(codeMargin > 0))
    throw badOption("codeMargin", "a number > 0, as autoencoderShare is", codeMargin);
}
