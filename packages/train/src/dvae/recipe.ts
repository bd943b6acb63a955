/** @file Everything that decides a dVAE training run. */
import type { DvaeConfig } from "@dalle-ts/models";
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
