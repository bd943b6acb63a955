/** @file The dVAE against the public package's results: mapped pixels → logits → tokens → decoder's output → pixels. */
import type { CheckpointArray } from "@dalle-ts/tensor";
import { type CheckRow, compareAll } from "../check/compare.js";
import type { Reference } from "../check/reference.js";
import type { ImportedDvae } from "./import-openai-dvae.js";
import { decodeOpenAi, encodeOpenAi } from "./run-openai-dvae.js";

/** reference: `image` [N, 3, H, W] in 0…1, of any size that the dVAE divides. */
export async function checkOpenAiDvae(
  imported: ImportedDvae,
  reference: Reference,
): Promise<CheckRow[]> {
  const { mapped, logits, codes } = await encodeOpenAi(imported, reference.floats("image"));
  // From the expected tokens: a wrong one says so on its own rung, not on those above.
  const { statistics, pixels } = await decodeOpenAi(imported, reference.integers("tokens"));
  const found = new Map<string, CheckpointArray>([
    ["mapped", mapped],
    ["encoder_logits", logits],
    ["tokens", codes],
    ["x_stats", statistics],
    ["pixels", pixels.map((x) => Math.min(1, Math.max(0, x)))],
  ]);
  return compareAll(reference, found);
}
