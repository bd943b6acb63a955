/** @file Everything that decides a dVAE training run. */
import type { FamilyName } from "@dalle-ts/data";
import type { DvaeConfig } from "@dalle-ts/models";

export interface DvaeRecipe {
  readonly kind: "dvae";
  readonly name: string;
  readonly model: DvaeConfig;
  readonly data: {
    readonly families: readonly FamilyName[];
    readonly seed: number;
    /** Different pictures; they are painted at the start and kept in memory. */
    readonly pictures: number;
  };
  readonly seed: number;
  readonly steps: number;
  /** Pictures in a step. */
  readonly batch: number;
  readonly learningRate: { readonly peak: number; readonly end: number; readonly warmUp: number };
  /** τ falls along a half cosine to `end` at `share` of the run [SPEC §1.3]. */
  readonly temperature: { readonly start: number; readonly end: number; readonly share: number };
  /** β goes along a half cosine from `start` to `end` at `share` of the run; the paper's rises from 0 to 6.6 [SPEC §1.3]. */
  readonly klWeight: { readonly start: number; readonly end: number; readonly share: number };
  /** Smallest scale b of the logit-Laplace distribution; see `logitLaplaceLoss`. */
  readonly smallestScale: number;
  /** Nats between a cell's first and second code at the start; see spread-codes.ts. */
  readonly codeMargin: number;
  readonly optimiser: {
    readonly beta1: number;
    readonly beta2: number;
    readonly epsilon: number;
    readonly weightDecay: number;
  };
  readonly clipNorm: number;
  readonly averageDecay: number;
  readonly precision: "f32" | "bf16";
  readonly checkpointEvery: number;
  readonly sampleEvery: number;
}
