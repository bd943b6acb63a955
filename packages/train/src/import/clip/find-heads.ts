/** @file The heads of a CLIP's image tower, as those with which it gives what the reference expects. */
import type { CheckpointFile } from "@dalle-ts/tensor";
import { findHeads } from "../check/find-heads.js";
import type { Reference } from "../check/reference.js";
import { checkClip } from "./check-clip.js";
import { CLIP_HEAD_SIZE, headedWidth } from "./heads.js";
import { type ImportedClip, importClip } from "./import-clip.js";

/** The import whose image tower fits the reference best. */
export async function clipWithHeads(
  files: readonly CheckpointFile[],
  reference: Reference,
): Promise<ImportedClip> {
  const width = headedWidth(importClip(files).config);
  const heads = await findHeads(width, CLIP_HEAD_SIZE, async (guess) => {
    const rows = await checkClip(importClip(files, guess), reference);
    return rows.find(({ name }) => name === "image_features")?.error ?? Number.NaN;
  });
  return importClip(files, heads);
}
