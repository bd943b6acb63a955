/** @file What every training recipe says, whatever it trains. */
import type { FamilyName } from "@dalle-ts/data";
import type { BlockPrecision } from "@dalle-ts/models";
import { warmUpThenCosine } from "../optimiser/schedules.js";
import type { OptimiserSettings } from "../optimiser/update.js";
import { isLearnt } from "./learns.js";
import type { TrainingTask } from "./task.js";

export interface TrainingRecipe {
  readonly name: string;
  /** Of parameters, noise and the order of the data. */
  readonly seed: number;
  readonly steps: number;
  /** Pictures, or pairs, in a step. */
  readonly batch: number;
  /** Rises over `warmUp` steps, and falls to `end` at `share` of the steps. @default share 1 */
  readonly learningRate: {
    readonly peak: number;
    readonly end: number;
    readonly warmUp: number;
    readonly share?: number;
  };
  readonly optimiser: OptimiserSettings;
  /** Largest global gradient norm; longer gradients are scaled down. */
  readonly clipNorm: number;
  /** Share of the averaged weights that one update keeps, in [0, 1). */
  readonly averageDecay: number;
  /** Of the residual blocks, and of the transformer's heads; parameters and losses are fp32. */
  readonly precision: BlockPrecision;
  /** Beginnings of the names of the parameters that learn; the others stay as they are. @default all learn */
  readonly learns?: readonly string[];
  /** Steps between checkpoints. */
  readonly checkpointEvery: number;
  /** Steps between sample sheets. */
  readonly sampleEvery: number;
}

/** Part of the painted world. */
export interface WorldData {
  /** One that is named twice is painted twice as often. */
  readonly families: readonly FamilyName[];
  readonly seed: number;
  /** Different pictures; they are painted at the start. */
  readonly pictures: number;
}

/** What a task takes from its recipe as it stands. */
export function optimisationOf(
  recipe: TrainingRecipe,
): Pick<
  TrainingTask,
  "batch" | "learns" | "optimiser" | "clipNorm" | "averageDecay" | "learningRate"
> {
  const { batch, learns, optimiser, clipNorm, averageDecay, learningRate, steps } = recipe;
  const { share = 1 } = learningRate;
  return {
    learns: (name) => isLearnt({ learns }, name),
    batch,
    optimiser,
    clipNorm,
    averageDecay,
    learningRate: (step) => warmUpThenCosine({ ...learningRate, steps: share * steps }, step),
  };
}
