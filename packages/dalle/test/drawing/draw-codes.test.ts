/** @file The scores of a completion against a walk over its finished codes, which knows of no candidates. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { writeTinyModel } from "../../../train/test/tiny-model.js";
import { drawCodes } from "../../src/drawing/draw-codes.js";
import { logProbability } from "../../src/drawing/log-probability.js";
import { SeededRandom } from "../../src/random.js";
import { DecodeCaches } from "../../src/runtime/caches.js";
import { SparseWalker } from "../../src/runtime/sparse-walker.js";

let folder: string;
let decoder: SparseWalker;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dalle-draw-"));
  const { transformer } = await writeTinyModel(folder, { logitScale: 60, clip: false });
  decoder = await SparseWalker.open(folder, transformer);
});
afterAll(async () => {
  await decoder[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const tokens = [5, 6, 7];
/** A hole of 3 × 4 codes on a grid of 8 × 8. */
const kept = Uint8Array.from({ length: 64 }, (_, index) => {
  const [row, column] = [Math.floor(index / 8), index % 8];
  return row >= 2 && row < 5 && column >= 1 && column < 5 ? 0 : 1;
});
const codes = Int32Array.from({ length: 64 }, (_, index) => (index * 7) % 16);

test.each([1, 2])(
  "candidates keep their states when they change places, guidance %s",
  async (guidance) => {
    const copies = vi.spyOn(DecodeCaches.prototype, "copyEntries");
    const requests = [1, 2, 3, 4, 5, 6].map((seed) => ({
      random: new SeededRandom(seed),
      known: { codes, kept },
      tokens,
      guidance,
      candidates: 6,
    }));
    let best: { codes: Int32Array; fit: number | undefined }[] = [];
    for await (const { pictures } of drawCodes(decoder, requests)) {
      best = pictures.map(({ candidates }) => candidates.best);
    }
    expect(copies.mock.calls.length).toBeGreaterThan(1);

    const scores = best.map(() => [] as number[]);
    let index = 0;
    for await (const logits of decoder.walk(
      best.map(({ codes }) => ({ tokens, guidance, codes })),
    )) {
      for (const [entry, list] of scores.entries()) {
        if (kept[index] && index > kept.indexOf(0)) {
          list.push(logProbability(logits[entry]!, codes[index]!));
        }
      }
      index++;
    }
    for (const [entry, list] of scores.entries()) {
      const mean = list.reduce((sum, score) => sum + score, 0) / list.length;
      expect(best[entry]!.fit).toBeCloseTo(mean, 4);
    }
  },
);
