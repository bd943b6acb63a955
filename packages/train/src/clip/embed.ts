/** @file Pictures and captions as normalised embeddings, by a CLIP in training or trained; without gradients. */
import { type ClipConfig, embedImages, embedTexts, normalise } from "@dalle-ts/models";
import { noGradient, tidy } from "@dalle-ts/torch";
import { cosineOf } from "dalle-ts/parts";
import { type TorchParameters, treeOf } from "../parameters.js";
import type { PicturePool } from "../pictures/picture-batches.js";
import { picturesFromBytes } from "../pictures/pictures-from-bytes.js";
import { textBatch } from "./task.js";

const BATCH = 64;

/** E numbers for each picture, one after the other. */
export function pictureEmbeddings(
  parameters: TorchParameters,
  config: ClipConfig,
  { bytes, count, size }: PicturePool,
  device: string,
): Float32Array {
  const length = size * size * 3;
  return inBatches(count, config.embedding, (start, end) => {
    const some = bytes.subarray(start * length, end * length);
    const pixels = picturesFromBytes(some, end - start, size, device);
    return normalise(embedImages(treeOf(parameters).at("image"), config, pixels));
  });
}

/** E numbers for each caption, given as token ids, one after the other. */
export function captionEmbeddings(
  parameters: TorchParameters,
  config: ClipConfig,
  captions: readonly ArrayLike<number>[],
  device: string,
): Float32Array {
  return inBatches(captions.length, config.embedding, (start, end) => {
    const { ids, ends } = textBatch(config, captions.slice(start, end), device);
    return normalise(embedTexts(treeOf(parameters).at("text"), config, ids, ends));
  });
}

function inBatches(
  count: number,
  width: number,
  embed: (start: number, end: number) => { toArray(): unknown },
): Float32Array {
  const all = new Float32Array(count * width);
  for (let start = 0; start < count; start += BATCH) {
    const end = Math.min(start + BATCH, count);
    const some = noGradient(() => tidy(() => embed(start, end).toArray() as Float32Array));
    all.set(some, start * width);
  }
  return all;
}

/** For each row of `asked`, the index of the nearest row of `among`; rows are normalised, `width` numbers each. */
export function nearestRows(asked: Float32Array, among: Float32Array, width: number): number[] {
  const rowsOf = (values: Float32Array) =>
    Array.from({ length: values.length / width }, (_, row) =>
      values.subarray(row * width, (row + 1) * width),
    );
  const candidates = rowsOf(among);
  return rowsOf(asked).map((row) => {
    const cosines = candidates.map((candidate) => cosineOf(row, candidate));
    return cosines.indexOf(Math.max(...cosines));
  });
}
