/** @file The heads of a CLIP's towers, as those with which each gives what the reference expects. */
import type { CheckpointFile } from "@dalle-ts/tensor";
import { findHeads } from "../check/find-heads.js";
import type { Reference } from "../check/reference.js";
import { checkClip } from "./check-clip.js";
import { CLIP_HEAD_SIZE, headedWidth } from "./heads.js";
import { type ClipTowersHeads, type ImportedClip, importClip } from "./import-clip.js";

/** The import whose towers fit the reference best. said: the heads of the image tower, where they are known. */
export async function clipWithHeads(
  files: readonly CheckpointFile[],
  reference: Reference,
  said?: number,
): Promise<ImportedClip> {
  const { config } = importClip(files);
  const errorOf = async (features: string, heads: ClipTowersHeads) => {
    const rows = await checkClip(importClip(files, heads), reference);
    return rows.find(({ name }) => name === features)?.error ?? Number.NaN;
  };
  const errorOfImage = (guess: number) => errorOf("image_features", { image: guess });
  const image = said ?? (await findHeads(headedWidth(config), CLIP_HEAD_SIZE, errorOfImage));
  const text = await findHeads(config.text.width, CLIP_HEAD_SIZE, (guess) =>
    errorOf("text_features", { image, text: guess }),
  );
  return importClip(files, { image, text });
}
