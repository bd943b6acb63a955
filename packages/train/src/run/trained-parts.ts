/** @file Trained parts from either kind of folder: a training run, or a model. */
import { isModelFolder, openDvaeModel, openTransformerModel } from "./model-parts.js";
import {
  openDvaeRun,
  openTransformerRun,
  type TrainedDvae,
  type TrainedTransformer,
} from "./run-folder.js";

/** The dVAE of a run folder of `dalle train dvae`, or of a model folder. */
export async function openDvae(folder: string, device = "cpu"): Promise<TrainedDvae> {
  return (await isModelFolder(folder))
    ? openDvaeModel(folder, device)
    : openDvaeRun(folder, device);
}

/** The transformer of a run folder of `dalle train transformer`, or of a model folder. */
export async function openTransformer(folder: string, device = "cpu"): Promise<TrainedTransformer> {
  return (await isModelFolder(folder))
    ? openTransformerModel(folder, device)
    : openTransformerRun(folder, device);
}
