/** @file A model folder from trained parts: the recorded graphs, tokenizer and config.json. */
import { basename, join } from "node:path";
import type { ClipConfig, DvaeConfig, TransformerConfig } from "@dalle-ts/models";
import type { WeightFormat } from "@dalle-ts/tensor";
import { makeFolder } from "@dalle-ts/tensor";
import type { ModelConfig } from "dalle-ts";
import { makeSelfTest, SELF_TEST_FILE, writeConfig, writeFileAtomic } from "dalle-ts/parts";
import type { DescribedData } from "../run/own-data.js";
import { exportClip } from "./export-clip.js";
import { exportDvae } from "./export-dvae.js";
import { exportTransformer } from "./export-transformer.js";
import type { GraphParameter } from "./record.js";

/** The parts, and what they were taught with, with licences. */
export interface TrainedParts extends DescribedData {
  readonly name: string;
  readonly dvae: {
    readonly config: DvaeConfig;
    readonly parameters: readonly GraphParameter[];
    /** As of `TrainedDvae`. */
    readonly hash?: string;
  };
  readonly transformer: {
    readonly config: TransformerConfig;
    readonly parameters: readonly GraphParameter[];
  };
  /** Without it the model cannot rerank or score. */
  readonly clip?: { readonly config: ClipConfig; readonly parameters: readonly GraphParameter[] };
  /** How its pictures are drawn when a request does not say. */
  readonly sampling?: ModelConfig["sampling"];
  /** Text of tokenizer.json. */
  readonly tokenizer: string;
  /** Of the linear layers of transformer and CLIP. */
  readonly weightFormat: WeightFormat;
}

/** The config of a model that was trained here. */
export type TrainedModelConfig = ModelConfig & {
  readonly dvae: DvaeConfig;
  readonly transformer: TransformerConfig;
};

/** Writes every file of the folder, config.json last, and returns the config. */
export async function exportModel(
  folder: string,
  parts: TrainedParts,
): Promise<TrainedModelConfig> {
  makeFolder(folder);
  const { dvae, transformer, clip, weightFormat } = parts;
  const written = [
    ...(await exportDvae(folder, dvae.config, dvae.parameters)),
    ...(await exportTransformer(folder, transformer.config, transformer.parameters, weightFormat)),
    ...(clip ? await exportClip(folder, clip.config, clip.parameters, weightFormat) : []),
  ];
  await writeFileAtomic(join(folder, "tokenizer.json"), parts.tokenizer);
  const selfTest = await makeSelfTest(folder, transformer.config);
  await writeFileAtomic(join(folder, SELF_TEST_FILE), selfTest);
  const description = {
    name: parts.name,
    dvae: dvae.config,
    ...(dvae.hash === undefined ? {} : { dvaeHash: dvae.hash }),
    transformer: transformer.config,
    ...(clip ? { clip: clip.config } : {}),
    dtype: weightFormat,
    ...(parts.sampling ? { sampling: parts.sampling } : {}),
    trainedOn: parts.trainedOn,
    world: parts.world.map((stream) => ({ ...stream, families: [...stream.families] })),
    created: new Date().toISOString(),
  };
  return writeConfig(folder, description, [
    ...written.map((path) => basename(path)),
    "tokenizer.json",
    SELF_TEST_FILE,
  ]);
}
