/** @file Trained parts from either kind of folder: a training run, or a model. */
import {
  isModelFolder,
  openClipModel,
  openDvaeModel,
  openTransformerModel,
} from "./model-parts.js";
import {
  openClipRun,
  openDvaeRun,
  openTransformerRun,
  type TrainedClip,
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

/** The CLIP of a run folder of `dalle train clip`, or of a model folder. */
export async function openClip(
  folder: string,
  device = "cpu",
): Promise<Omit<TrainedClip, "recipe">> {
  return (await isModelFolder(folder))
    ? openClipModel(folder, device)
    : openClipRun(folder, device);
}
