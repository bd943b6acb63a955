/** @file Trains CLIP by a recipe, from painting the pictures to the last checkpoint. */
import { isDeepStrictEqual } from "node:util";
import { isProblem, type PictureSource } from "@dalle-ts/data";
import { type ClipConfig, checkClipConfig, clipSpecs } from "@dalle-ts/models";
import { badOption, DalleError } from "@dalle-ts/tensor";
import { checkDevice } from "@dalle-ts/torch";
import { contactSheet, encodePng } from "dalle-ts";
import { writeFileAtomic } from "dalle-ts/parts";
import { copyParameters, type TorchParameters } from "../parameters.js";
import type { CaptionedImage } from "../pictures/source-stream.js";
import { holdRunFolder } from "../run/hold-folder.js";
import { requireLearns } from "../run/learns.js";
import { isOwnData, requireOwnData } from "../run/own-data.js";
import { openTokenizerRun, stepsOf, unfinishedNote } from "../run/run-folder.js";
import type { RunResult } from "../run/train-loop.js";
import { finishedRun, type TrainOptions, trainRecipe } from "../run/train-recipe.js";
import { openClip, openDvae } from "../run/trained-parts.js";
import { BytePairEncoder } from "../tokenizer/byte-pair-encoder.js";
import { captionEmbeddings, nearestRows, pictureEmbeddings } from "./embed.js";
import { ownPictures, paintedPictures } from "./find-pictures.js";
import type { ClipRecipe } from "./recipe.js";
import { type ClipStart, clipSettings, clipTask } from "./task.js";

export interface ClipTrainOptions extends TrainOptions {
  /** Run folder of the tokenizer, or model folder. */
  readonly tokenizer: string;
  /** Run or model folder of a CLIP of the same shape and tokenizer, whose averaged weights are the first ones. */
  readonly from?: string;
  /** Run or model folder of a dVAE, through which some of the pictures are seen, as those are that a model with it makes. */
  readonly dvae?: string;
  /** The pictures of a recipe made by `withOwnData`; the caller closes it. */
  readonly source?: PictureSource;
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
  requireLearns(recipe, clipSpecs(config));
  requireOwnData(recipe.data, options.source);
  const { batch, data } = recipe;
  await requireOthers(recipe, options.source);
  if (!isOwnData(data)) {
    const { alike, pictures } = data;
    if (batch % alike !== 0)
      throw badOption("batch", `a multiple of data.alike, which is ${alike}`, batch);
    if (pictures < alike)
      throw badOption("data.pictures", `at least data.alike, which is ${alike}`, pictures);
  }
  const start = options.from
    ? await findClipStart(options.from, config, tokenizer.hash, device)
    : undefined;
  const dvae = options.dvae ? await openDvae(options.dvae, device) : undefined;
  const settingsOf = (settled: ClipRecipe) =>
    clipSettings(settled, config, tokenizer, { start, dvae });
  const finished = await finishedRun("clip", recipe, settingsOf, options);
  if (finished) return finished;
  await using _ = await holdRunFolder(options.directory, options.source);
  options.onStart?.();
  if (options.dvae !== undefined) {
    const unfinished = unfinishedNote(options.dvae, await stepsOf(options.dvae), "train");
    if (unfinished !== undefined) options.onWarning?.(unfinished);
  }
  const { pictures, samples } = options.source
    ? await ownPictures(options.source, recipe, encoder, options)
    : await paintedPictures(recipe, config.image.imageSize, options);
  const sample = async (averaged: TorchParameters, path: string) =>
    retrievalSheet(await samples(), averaged, config, encoder, device, path);
  const words = { encoder, hash: tokenizer.hash };
  const taskOf = (settled: ClipRecipe) => {
    const first = start && { ...start, parameters: copyParameters(start.parameters) };
    return clipTask(settled, config, pictures, words, sample, device, { start: first, dvae });
  };
  return await trainRecipe(recipe, taskOf, started, options);
}

/** Throws for a batch or a source of one picture or one caption: CLIP learns from the others, without which there is no loss. */
async function requireOthers(
  { batch, data }: ClipRecipe,
  source: PictureSource | undefined,
): Promise<void> {
  if (batch < 2) throw badOption("batch", "an integer >= 2, pictures to tell apart", batch);
  if (!source) {
    if (data.pictures < 2) throw badOption("data.pictures", "an integer >= 2", data.pictures);
    return;
  }
  if (await differInCaption(source)) return;
  const held =
    data.pictures < 2
      ? "one picture with a caption, and CLIP learns to tell pictures apart; give it more of them"
      : "pictures of one caption only, and CLIP learns which caption is whose; give it pictures of others";
  throw new DalleError("bad_data", `${source.path} holds ${held} with --data.`);
}

async function differInCaption(source: PictureSource): Promise<boolean> {
  let first: string | undefined;
  for (let record = 0; record < source.count; record++) {
    const found = await source.readCaption(record);
    if (isProblem(found)) continue;
    first ??= found.caption;
    if (found.caption !== first) return true;
  }
  return false;
}

/** Throws where the shapes or the words differ. */
async function findClipStart(
  folder: string,
  config: ClipConfig,
  tokenizerHash: string,
  device: string,
): Promise<ClipStart> {
  const start = await openClip(folder, device);
  if (isDeepStrictEqual(start.config, config) && start.hashes.tokenizer === tokenizerHash) {
    return start;
  }
  throw new DalleError(
    "bad_option",
    `${folder} has another shape or tokenizer than this run; choose those it was trained with, or begin without --from.`,
  );
}

const SHEET_CAPTIONS = 12;

/** Above the pictures of the first captions, below what each caption finds among all of them. */
async function retrievalSheet(
  samples: readonly CaptionedImage[],
  parameters: TorchParameters,
  config: ClipConfig,
  encoder: BytePairEncoder,
  device: string,
  path: string,
): Promise<void> {
  const size = config.image.imageSize;
  const images = samples.map(({ image }) => image);
  const pool = { count: images.length, size, bytes: Buffer.concat(images.map((i) => i.pixels)) };
  const shown = samples.slice(0, SHEET_CAPTIONS);
  const asked = shown.map(({ caption }) => encoder.encode(caption));
  const found = nearestRows(
    captionEmbeddings(parameters, config, asked, device),
    pictureEmbeddings(parameters, config, pool, device),
    config.embedding,
  );
  const rows = [...shown.map(({ image }) => image), ...found.map((index) => images[index]!)];
  await writeFileAtomic(path, await encodePng(contactSheet(rows, { columns: shown.length })));
}
