/** @file Writes the model folder of finished runs, after checking that they were made for each other. */
import { join } from "node:path";
import { DalleError, type WeightFormat } from "@dalle-ts/tensor";
import type { LossSeries } from "@dalle-ts/train";
import type { ModelConfig, SamplingOptions } from "dalle-ts";
import { intoFolder } from "./into-folder.js";
import type { PartFolders } from "./run-parts.js";

export interface ExportOptions {
  readonly name: string;
  /** Of the transformer's linear layers. */
  readonly dtype: WeightFormat;
  /** Recommended for the model. */
  readonly sampling: SamplingOptions;
  /** Layers of the transformer, from 1. @default none */
  readonly withoutLayers?: ReadonlySet<number>;
}

/** Writes the model and loss.svg; other files of the folder, such as its README, are left alone. Returns the config. */
export async function exportRuns(
  folders: PartFolders,
  output: string,
  { name, dtype, sampling, withoutLayers: left = new Set() }: ExportOptions,
): Promise<ModelConfig> {
  const {
    describeData,
    exportModel,
    hasCodesOf,
    hostParameters,
    lossCurveSvg,
    openClip,
    openDvae,
    openTokenizerRun,
    openTransformer,
    withoutLayers,
  } = await import("@dalle-ts/train");
  const { writeFileAtomic } = await import("dalle-ts/parts");
  const tokenizer = await openTokenizerRun(folders.tokenizer);
  const dvae = await openDvae(folders.dvae);
  const transformer = withoutLayers(await openTransformer(folders.transformer), left);
  if (!hasCodesOf(dvae, transformer.hashes.dvae)) {
    throw strangers(folders.transformer, "dvae", folders);
  }
  if (transformer.hashes.tokenizer !== tokenizer.hash) {
    throw strangers(folders.transformer, "tokenizer", folders);
  }
  const clip = folders.clip === undefined ? undefined : await openClip(folders.clip);
  if (clip && clip.hashes.tokenizer !== tokenizer.hash) {
    throw strangers(folders.clip!, "tokenizer", folders);
  }
  const config = await intoFolder(output, (folder) =>
    exportModel(folder, {
      name,
      dvae: {
        config: dvae.config,
        parameters: hostParameters(dvae.parameters),
        hash: dvae.hash,
      },
      transformer: {
        config: transformer.config,
        parameters: hostParameters(transformer.parameters),
      },
      ...(clip && { clip: { config: clip.config, parameters: hostParameters(clip.parameters) } }),
      ...(Object.keys(sampling).length > 0 && { sampling }),
      tokenizer: tokenizer.text,
      ...describeData(transformer.data),
      weightFormat: dtype,
    }),
  );
  const losses = lossCurveSvg(await lossSeries(folders));
  if (losses) await writeFileAtomic(join(output, "loss.svg"), losses);
  return config;
}

/** What the two runs logged, for the model card. */
async function lossSeries(folders: PartFolders): Promise<LossSeries[]> {
  const { readMetrics } = await import("@dalle-ts/train");
  return [
    {
      title: "dVAE: nats per pixel value",
      rows: await readMetrics(folders.dvae),
      keys: ["reconstruction"],
    },
    {
      title: "Transformer: nats per token",
      rows: await readMetrics(folders.transformer),
      keys: ["imageLoss", "textLoss", "validationLoss", "trainingLoss"],
    },
  ];
}

/** A transformer knows the codes of one dVAE and the ids of one tokenizer; with others it would paint noise. CLIP likewise. */
function strangers(run: string, part: "dvae" | "tokenizer", folders: PartFolders): DalleError {
  return new DalleError(
    "bad_model",
    `${run} was not trained with the ${part} in ${folders[part]}; pass the run folder it was trained with, or train it again.`,
  );
}
