/** @file `Dalle.continueCaption` on a tiny random model. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeTinyModel } from "../../../train/test/tiny-model.js";
import { continueCaption } from "../../src/captions/continue-caption.js";
import { type ContinueOptions, Dalle } from "../../src/index.js";
import type { CaptionLogitsRuntime } from "../../src/runtime/caption-logits.js";
import type { CaptionTokenizer } from "../../src/tokenizer.js";

let folder: string;
let dalle: Dalle;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dalle-"));
  await writeTinyModel(folder);
  dalle = await Dalle.load(folder);
});
afterAll(async () => {
  await dalle.dispose();
  await rm(folder, { recursive: true });
});

test("captions begin with the prefix, differ from seed to seed, and do not depend on each other", async () => {
  const captions = await dalle.continueCaption("A small ", { count: 4, seed: 3 });
  for (const { caption, logLikelihood } of captions) {
    expect(caption.startsWith("a small")).toBe(true);
    expect(logLikelihood).toBeLessThan(0);
  }
  expect(captions.map(({ seed }) => seed)).toEqual([3, 4, 5, 6]);
  expect(new Set(captions.map(({ caption }) => caption)).size).toBe(4);
  expect(await dalle.continueCaption("a small", { seed: 5 })).toEqual([captions[2]]);
});

test("an empty prefix begins anew, and temperature 0 takes the likeliest", async () => {
  const [first, second] = await dalle.continueCaption("", { count: 2, seed: 1, temperature: 0 });
  expect(first!.caption).toBe(second!.caption);
  const drawn = await dalle.continueCaption("", { count: 8, seed: 1 });
  expect(Math.max(...drawn.map(({ logLikelihood }) => logLikelihood))).toBeLessThanOrEqual(0);
});

test("nothing is not a caption, however likely the model thinks one", async () => {
  const runtime = {
    config: { textStates: 4, textVocabulary: 2 },
    next: async (captions: readonly unknown[]) => captions.map(() => Float32Array.of(0, 1, 9)),
  } as unknown as CaptionLogitsRuntime;
  const tokenizer = { decode: (ids: readonly number[]) => ids.join() } as CaptionTokenizer;
  const [drawn] = await continueCaption(runtime, tokenizer, {
    tokens: [],
    seeds: [1],
    sampling: { temperature: 0 },
    signal: undefined,
  });
  expect(drawn).toMatchObject({ caption: "1", ended: true });
});

test.each<[string, ContinueOptions, string]>([
  ["a", { count: 0 }, "count: expected an integer in [1, 64], got 0"],
  ["a", { temperature: Number.NaN }, "temperature: expected a number >= 0"],
  ["a", { topK: 0 }, "topK: expected an integer in [1, "],
  ["a", { seed: -1 }, "seed: expected an integer in [0, 2^53)"],
  ["small ".repeat(200), {}, "prefix: expected fewer than 11 tokens, to leave room"],
])("refuses %j with %j", async (prefix, options, message) => {
  await expect(dalle.continueCaption(prefix, options)).rejects.toThrow(message);
});

test("a signal aborted before the start, and a model disposed", async () => {
  const aborted = dalle.continueCaption("a", { signal: AbortSignal.abort() });
  await expect(aborted).rejects.toMatchObject({ code: "aborted" });
  const own = await Dalle.load(folder);
  await own.dispose();
  await expect(own.continueCaption("a")).rejects.toMatchObject({ code: "disposed" });
});
