import { expect, test, vi } from "vitest";
import type { writeTinyModel } from "../../train/test/tiny-model.js";
import { Dalle, type PictureOrder } from "../src/index.js";
import { CodeWalker, estimateMemory, sparseLayout } from "../src/parts.js";
import { DecodeCaches } from "../src/runtime/caches.js";
import { tinyDalle } from "./tiny-dalle.js";

let config: Awaited<ReturnType<typeof writeTinyModel>>;
let folder: string;
let dalle: Dalle;
tinyDalle({}, (tiny) => {
  ({ config, dalle, folder } = tiny);
});

test("caches are counted to the byte, for each mask", () => {
  const plain = { batch: 3, guided: false, reranked: false };
  const { caches, entries } = estimateMemory(config, plain);
  expect(entries).toBe(3);
  const made = new DecodeCaches(sparseLayout(config.transformer), 3);
  const sets = new Set<ArrayBufferLike>();
  for (let state = 0; state < 64; state++) {
    for (const { data } of Object.values(made.inputs(state))) {
      sets.add((data as Float32Array).buffer);
    }
  }
  const bytes = [...sets].reduce((sum, buffer) => sum + buffer.byteLength, 0);
  expect(caches).toBe(bytes);
  expect(estimateMemory(config, { ...plain, guided: true }).caches).toBe(2 * bytes);
});

test("CLIP's weights count where pictures are reranked", () => {
  const weights = (reranked: boolean) =>
    estimateMemory(config, { batch: 1, guided: false, reranked }).weights;
  const clip = ["clip-image", "clip-text"].map(
    (name) => config.files[`${name}.weights-0.bin`]?.bytes ?? 0,
  );
  expect(weights(true) - weights(false)).toBe(2 * (clip[0]! + clip[1]!));
  expect(clip[0]).toBeGreaterThan(0);
});

test("a limit splits a request into smaller batches of the same pictures", async () => {
  const options = { count: 6, seed: 1 };
  const whole = dalle.estimateMemory(options);
  expect(whole.batch).toBe(6);
  const memory = whole.total - whole.caches / 2;
  const split = dalle.estimateMemory({ ...options, memory });
  expect(split.batch).toBe(3);
  expect(split.total).toBeLessThanOrEqual(memory);
  expect(await dalle.generate("red", { ...options, memory })).toEqual(
    await dalle.generate("red", options),
  );
});

test("too little for one picture still draws one at a time", async () => {
  expect(dalle.estimateMemory({ count: 4, memory: 1 }).batch).toBe(1);
  expect(await dalle.generate("red", { count: 2, seed: 1, memory: 1 })).toHaveLength(2);
  for (const memory of [0, Number.NaN, -1]) {
    await expect(dalle.generate("red", { memory })).rejects.toThrow(
      "memory: expected a number > 0",
    );
  }
});

test("candidates and reranking are counted as the states that run together", () => {
  expect(dalle.estimateMemory({ count: 3, candidates: 8, batch: 24 }).batch).toBe(24);
  expect(dalle.estimateMemory({ count: 1, candidates: 8, batch: 1 }).batch).toBe(8);
  expect(dalle.estimateMemory({ count: 1, rerank: 32 }).batch).toBe(8);
});

test("a picture runs with all its candidates, whatever the limit, and the estimate says so", async () => {
  const options = { count: 3, candidates: 8, batch: 23, seed: 1 };
  expect(dalle.estimateMemory(options).batch).toBe(16); // two whole pictures
  const least = dalle.estimateMemory({ ...options, memory: 1 });
  expect([least.batch, least.entries]).toEqual([8, 8]);
  const walks = vi.spyOn(CodeWalker.prototype, "walk");
  const [image] = await dalle.generate("red", { seed: 1 });
  const share = { share: 0.5 };
  walks.mockClear();
  await dalle.vary(image!, { ...options, ...share, memory: 1 });
  expect(walks.mock.calls.map(([pictures]) => pictures.length)).toEqual([8, 8, 8]);
  walks.mockClear();
  setFree(1);
  const from = { image: image!, ...share };
  const orders = [5, 1, 3].map((candidates) => ({ caption: "red", seed: 1, from, candidates }));
  for await (const _ of dalle.streamTogether(orders)) {
    // drawn for the sizes of its batches alone
  }
  expect(walks.mock.calls.map(([pictures]) => pictures.length)).toEqual([5, 4]);
});

/** The default limit is four fifths of this. */
const setFree = (bytes: number) => vi.spyOn(process, "availableMemory").mockReturnValue(bytes);

test("weights that are loaded already do not count against what is free", async () => {
  await using own = await Dalle.load(folder);
  const whole = own.estimateMemory({ count: 6, memory: Number.MAX_VALUE });
  setFree(Math.ceil((whole.total - whole.weights) / 0.8));
  expect(own.estimateMemory({ count: 6 }).batch).toBeLessThan(6);
  const [drawn] = await own.generate("red");
  await own.reconstruct({ ...drawn!, codes: undefined }); // or its encoder would not be needed
  expect(own.estimateMemory({ count: 6 })).toEqual(whole);
});

test("orders drawn together are split by what is free, into the same pictures", async () => {
  const orders: PictureOrder[] = [1, 2, 3, 4].map((seed) => ({ caption: "red", seed }));
  const walks = vi.spyOn(CodeWalker.prototype, "walk");
  const images = async () => {
    walks.mockClear();
    const found = [];
    for await (const event of dalle.streamTogether(orders)) found.push(event);
    return { found, sizes: walks.mock.calls.map(([pictures]) => pictures.length) };
  };
  const together = await images();
  expect(together.sizes).toEqual([4]);
  setFree(1);
  expect(await images()).toEqual({ found: together.found, sizes: [1, 1, 1, 1] });
});
