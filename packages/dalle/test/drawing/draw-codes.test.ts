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
let walker: SparseWalker;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dalle-draw-"));
  const { transformer } = await writeTinyModel(folder, { logitScale: 60, clip: false });
  walker = await SparseWalker.open(folder, transformer);
});
afterAll(async () => {
  await walker[Symbol.asyncDispose]();
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
    for await (const { pictures } of drawCodes(walker, requests)) {
      best = pictures.map(({ candidates }) => candidates.best);
    }
    expect(copies.mock.calls.length).toBeGreaterThan(1);

    const scores = best.map(() => [] as number[]);
    let index = 0;
    for await (const logits of walker.walk(
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

/** The codes that three requests draw together, each with its own end of guidance, on a model that captions matter to. */
async function drawn(ends: readonly (number | undefined)[], known?: object) {
  const requests = ends.map((guidanceEnd, seed) => ({
    random: new SeededRandom(seed),
    tokens,
    guidance: 3,
    candidates: 1,
    ...(guidanceEnd === undefined ? {} : { guidanceEnd }),
    ...known,
  }));
  let found: number[][] = [];
  for await (const { pictures } of drawCodes(walker, requests))
    found = pictures.map(({ candidates }) => [...candidates.best.codes]);
  return found;
}

test("guidance ends where it is said, for each picture alone, and its half of the batch with it", async () => {
  const selects = vi.spyOn(DecodeCaches.prototype, "copyFrom");
  const whole = await drawn([undefined, 1, undefined]);
  expect(selects).not.toHaveBeenCalled();
  const found = await drawn([0.5, undefined, 0.25]);
  const sizes = selects.mock.contexts.map((caches) => (caches as DecodeCaches).batch);
  expect(sizes).toEqual([5, 4]);
  expect(found[1]).toEqual(whole[1]);
  for (const [picture, end] of [
    [0, 32],
    [2, 16],
  ] as const) {
    expect(found[picture]!.slice(0, end)).toEqual(whole[picture]!.slice(0, end));
    expect(found[picture]!.slice(end)).not.toEqual(whole[picture]!.slice(end));
    // What follows is what the caption alone draws there.
    const codes = found[picture]!;
    const plain: Float32Array[] = [];
    for await (const [row] of walker.walk([{ tokens, codes }])) plain.push(row!.slice());
    const guided: Float32Array[] = [];
    const walk = walker.walk([{ tokens, codes, guidance: 3, guidedCodes: end }]);
    for await (const [row] of walk) guided.push(row!.slice());
    expect(guided.slice(end)).toEqual(plain.slice(end));
    expect(guided[end - 1]).not.toEqual(plain[end - 1]);
  }
});

test("of a picture that is known in part it is the share of what is drawn", async () => {
  const known = { known: { codes, kept } };
  const walks = vi.spyOn(walker, "walk");
  await drawn([0.5], known);
  // Half of the twelve codes of the hole, which begins in row 2: four of that row and two of the next.
  expect(walks.mock.calls[0]![0][0]).toMatchObject({ guidedCodes: 3 * 8 + 3 });
});
