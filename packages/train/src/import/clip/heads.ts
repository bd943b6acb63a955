/** @file The attention heads of CLIP's towers, which no file tells. */
import type { ClipConfig } from "@dalle-ts/models";
import { headsNote } from "../family-heads.js";

/** Of OpenAI's towers. */
export const CLIP_HEAD_SIZE = 64;

/** As OpenAI's program counts them. */
export function clipHeads(width: number): number {
  return Math.max(1, Math.floor(width / CLIP_HEAD_SIZE));
}

/** What the image tower's heads divide: a residual network's read its last map. */
export function headedWidth({ image }: ClipConfig): number {
  return image.family === "convolutional"
    ? image.width * 2 ** (image.groups.length + 1)
    : image.width;
}

/** What was assumed of the image tower, for the user to read. */
export function clipHeadsNote(config: ClipConfig): string {
  return headsNote({ width: headedWidth(config), heads: config.image.heads }, CLIP_HEAD_SIZE);
}
