/** @file What pictures look like while they are drawn, as files: <seed>-<codes known>.png in one folder. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { StreamEvent } from "dalle-ts";
import { usageError } from "./options.js";

/** Pictures on the way of each; the whole one is a frame too. */
export const FRAMES_BEFORE = 8;

/** Refuses a path that is taken by something else; a folder that is missing is made. */
export async function checkStepsFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (found && !found.isDirectory()) {
    throw usageError("--steps-dir", "a folder, and this is a file", folder);
  }
}

/** Writes the frame of one event; returns its path. Zeros in front make names sort in time. */
export async function writeFrame(
  folder: string,
  event: StreamEvent,
  caption: string,
): Promise<string> {
  const { encodePng } = await import("dalle-ts");
  const { writeFileAtomic } = await import("dalle-ts/parts");
  const [seed, known, total] =
    event.type === "partial"
      ? [event.seed, event.known, event.total]
      : [event.image.seed, event.image.codes.length, event.image.codes.length];
  const number = String(known).padStart(String(total).length, "0");
  const path = join(folder, `${seed}-${number}.png`);
  const codes = `${known} of ${total}`;
  await writeFileAtomic(path, await encodePng(event.image, { caption, seed: String(seed), codes }));
  return path;
}
