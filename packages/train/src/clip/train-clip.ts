/** @file Trains CLIP by a recipe, from painting the pictures to the last checkpoint. */
import { captionOf, paint, type Random, worldSample } from "@dalle-ts/data";
import { type ClipConfig, checkClipConfig } from "@dalle-ts/models";
import { checkDevice } from "@dalle-ts/torch";
import { contactSheet, encodePng, writeFileAtomic } from "dalle-ts";
import { paintPool } from "../dvae/pool.js";
import type { TorchParameters } from "../parameters.js";
import type { WorldData } from "../run/recipe.js";
import { openTokenizerRun } from "../run/run-folder.js";
import type { RunResult } from "../run/train-loop.js";
import { type TrainOptions, trainRecipe } from "../run/train-recipe.js";
import { BytePairEncoder } from "../tokenizer/byte-pair-encoder.js";
import { captionEmbeddings, nearestRows, pictureEmbeddings } from "./embed.js";
import type { ClipRecipe } from "./recipe.js";
import { clipTask } from "./task.js";

export interface ClipTrainOptions extends TrainOptions {
  /** Run folder of the tokenizer. */
  readonly tokenizer: string;
}

export async function trainClip(recipe: ClipRecipe, options: ClipTrainOptions): Promise<RunResult> {
  const started = performance.now();
  const device = checkDevice(options.device ?? "cpu");
  const tokenizer = await openTokenizerRun(options.tokenizer);
  const encoder = BytePairEncoder.fromJson(tokenizer.text);
  const config: ClipConfig = {
    ...recipe.model,
    text: { ...recipe.model.text, vocabulary: encoder.vocabularySize },
  };
  checkClipConfig(config); // before minutes of painting
  const { families, seed: worldSeed } = recipe.data;
  const size = config.image.imageSize;
  const onProgress = (done: number, total: number) => options.onPrepare?.("painting", done, total);
  const sceneOf = (record: number) => worldSample(worldSeed, record, { families }).scene;
  const pool = {
    ...(await paintPool({ ...recipe.data, size, onProgress })),
    caption: (record: number, random: Random) => captionOf(sceneOf(record), random),
    family: (record: number) => sceneOf(record).family,
  };
  const sample = (averaged: TorchParameters, path: string) =>
    retrievalSheet(recipe.data, averaged, config, encoder, device, path);
  const words = { encoder, hash: tokenizer.hash };
  const taskOf = (settled: ClipRecipe) => clipTask(settled, config, pool, words, sample, device);
  return trainRecipe(recipe, taskOf, started, options);
}

const SHEET_CAPTIONS = 12;
const SHEET_PICTURES = 256;

/** Above the pictures of the first held-out captions, below what each caption finds among all the sheet's pictures. */
async function retrievalSheet(
  { families, seed }: WorldData,
  parameters: TorchParameters,
  config: ClipConfig,
  encoder: BytePairEncoder,
  device: string,
  path: string,
): Promise<void> {
  const size = config.image.imageSize;
  const samples = Array.from({ length: SHEET_PICTURES }, (_, index) =>
    worldSample(seed, index, { families, split: "held-out" }),
  );
  const images = samples.map(({ scene }) => ({
    width: size,
    height: size,
    pixels: paint(scene, size),
  }));
  const pool = { count: images.length, size, bytes: Buffer.concat(images.map((i) => i.pixels)) };
  const asked = samples.slice(0, SHEET_CAPTIONS).map(({ caption }) => encoder.encode(caption));
  const found = nearestRows(
    captionEmbeddings(parameters, config, asked, device),
    pictureEmbeddings(parameters, config, pool, device),
    config.embedding,
  );
  const rows = [...images.slice(0, SHEET_CAPTIONS), ...found.map((index) => images[index]!)];
  await writeFileAtomic(path, await encodePng(contactSheet(rows, { columns: SHEET_CAPTIONS })));
}
