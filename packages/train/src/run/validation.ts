/**
 * @file The loss on pictures that are never trained on, beside that on as many that are: where the two part, a model
 * learns by heart.
 */
import { noGradient, type TorchTensor, tidy } from "@dalle-ts/torch";
import { evenly } from "./held-out.js";
import type { MetricsRow } from "./metrics-log.js";

/** Of the averaged weights, which are those that are exported. */
export interface Validation {
  readonly validationLoss: number;
  readonly trainingLoss: number;
}

/** Pictures, by their index in [0, count). */
export interface Loadable<Loaded> {
  readonly count: number;
  load(indices: readonly number[]): Loaded | Promise<Loaded>;
}

/** Pictures of each kind whose loss is taken, at most. */
const VALIDATED = 128;

/** `lossOf`: a scalar, the mean over the `count` pictures that were loaded; called inside `tidy` and without gradients. */
export async function validate<Loaded>(
  training: Loadable<Loaded>,
  heldOut: Loadable<Loaded>,
  batch: number,
  lossOf: (loaded: Loaded, count: number) => TorchTensor,
): Promise<Validation> {
  const most = Math.min(VALIDATED, heldOut.count);
  const meanOf = async (pictures: Loadable<Loaded>) => {
    const chosen = evenly(pictures.count, most);
    let sum = 0;
    for (let start = 0; start < chosen.length; start += batch) {
      const indices = chosen.slice(start, start + batch);
      const loaded = await pictures.load(indices);
      const loss = noGradient(() => tidy(() => lossOf(loaded, indices.length).item()));
      sum += indices.length * loss;
    }
    return sum / chosen.length;
  };
  return { validationLoss: await meanOf(heldOut), trainingLoss: await meanOf(training) };
}

/** In a row, after which a run is said to learn by heart … */
const RISES = 3;
/** … and by how much the loss must have risen to count. */
const NOTABLE = 0.005;

type ValidatedRow = MetricsRow & Validation;

function isValidated(row: MetricsRow): row is ValidatedRow {
  return row.validationLoss !== undefined && row.trainingLoss !== undefined;
}

/**
 * Told of each logged row in order, those of before a run was resumed too; once, what to say of a loss on held-out pictures that
 * keeps rising while the other falls. Losses after `lossChangesAfter` steps are compared with each other alone.
 */
export function memorisingWatch(lossChangesAfter = 0): (row: MetricsRow) => string | undefined {
  let best: ValidatedRow | undefined;
  let rises = 0;
  let isTold = false;
  return (row) => {
    if (!isValidated(row)) return undefined;
    if (best && best.step <= lossChangesAfter && row.step > lossChangesAfter) best = undefined;
    const { validationLoss, trainingLoss } = row;
    if (!best || validationLoss <= best.validationLoss) best = row;
    const rose = validationLoss - best.validationLoss > NOTABLE;
    rises = rose && trainingLoss < best.trainingLoss ? rises + 1 : 0;
    if (rises < RISES || isTold) return undefined;
    isTold = true;
    return `The loss on held-out pictures was least at step ${best.step} (${best.validationLoss.toFixed(3)}) and is ${validationLoss.toFixed(3)} now, while that on training pictures falls: the model learns its pictures by heart. The weights of that step are kept, and are what is exported; stop here, or train on more pictures.`;
  };
}
