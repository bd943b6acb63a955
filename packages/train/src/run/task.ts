/** @file What the run loop needs to know of a model that is trained. */
import type { TorchTensor } from "@dalle-ts/torch";
import type { OptimiserSettings } from "../optimiser/update.js";
import type { TorchParameters } from "../parameters.js";
import type { MetricsRow } from "./metrics-log.js";
import type { Validation } from "./validation.js";

export interface Loss {
  /** A scalar to descend. */
  readonly total: TorchTensor;
  /** Numbers to log, computed only for the steps that are logged. */
  metrics(): Record<string, number>;
}

export interface TrainingTask {
  /** "dvae", "transformer" or "clip". */
  readonly kind: string;
  /** All settings; written into the checkpoint, and a resumed run must have the same. */
  readonly settings: object;
  readonly parameters: TorchParameters;
  /** Pictures, or pairs, in a step. */
  readonly batch: number;
  /** Whether the parameter of this name is changed. @default all are */
  learns?(name: string): boolean;
  readonly optimiser: OptimiserSettings;
  /** Largest global gradient norm; longer gradients are scaled down. */
  readonly clipNorm: number;
  /** Share of the averaged weights that one update keeps, in [0, 1). */
  readonly averageDecay: number;
  readonly device: string;
  learningRate(step: number): number;
  /** Keeps parameters within their bounds, in place and without gradients; called after each update. */
  afterUpdate?(): void;
  /** Reads what the loss of `step` needs, if it is not in memory; awaited before it. */
  prepare?(step: number): Promise<void>;
  /**
   * Makes parameters anew where a step begins something new, and names them: what their average was is forgotten. Called before
   * the step's loss, inside `tidy` and without gradients.
   */
  beforeStep?(step: number): readonly string[];
  /** The loss of step `step`'s batch, which is a function of the step alone; called inside `tidy`. */
  loss(step: number): Loss;
  /**
   * The loss of the averaged weights, after so many steps, on pictures that are held out; absent where none are. Draws
   * nothing at random.
   */
  validate?(averaged: TorchParameters, step: number): Promise<Validation>;
  /** Steps after which `validate` takes another loss than before. @default 0 */
  readonly lossChangesAfter?: number;
  /** What a logged row should warn of, if anything; called once for each row, in order. */
  warning?(row: MetricsRow): string | undefined;
  /** Writes a sheet of what the averaged weights do now, by the code path that users have. */
  sample(averaged: TorchParameters, path: string): Promise<void>;
}
