/** @file The caches of a walk: how many live at once, and that a walker which was let go keeps none. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { writeTinyModel } from "../../../train/test/tiny-model.js";
import { DecodeCaches } from "../../src/runtime/caches.js";
import { SparseWalker } from "../../src/runtime/sparse-walker.js";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** Made since the last test and used once; weak, so that counting keeps none alive. */
const made = new Set<WeakRef<DecodeCaches>>();
const known = new WeakSet<DecodeCaches>();
const { inputs } = DecodeCaches.prototype;
DecodeCaches.prototype.inputs = function (index) {
  if (!known.has(this)) made.add(new WeakRef(this));
  known.add(this);
  return inputs.call(this, index);
};

/** Entries of all caches that are still reachable. */
async function livingEntries(): Promise<number> {
  await new Promise((resolve) => setImmediate(resolve)); // what a job has looked at lives until its end
  collectGarbage();
  return [...made].reduce((sum, cache) => sum + (cache.deref()?.batch ?? 0), 0);
}

let folder: string;
let config: Awaited<ReturnType<typeof writeTinyModel>>["transformer"];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dalle-caches-"));
  ({ transformer: config } = await writeTinyModel(folder, { clip: false }));
});
afterEach(() => made.clear());
afterAll(async () => {
  DecodeCaches.prototype.inputs = inputs;
  await rm(folder, { recursive: true });
});

const pictures = (count: number) =>
  Array.from({ length: count }, () => ({ tokens: [5, 6], codes: new Int32Array(64) }));

test("pictures given up one by one leave no more caches than the last step needs", async () => {
  await using walker = await SparseWalker.open(folder, config);
  const walk = walker.walk(pictures(8));
  await walk.next();
  for (let left = 7; left > 0; left--) {
    await walk.next({ staying: Array.from({ length: left }, (_, place) => place) });
    // Those of before and those of now; the caption was read with one more.
    expect(await livingEntries()).toBeLessThanOrEqual(left + 1 + left + 1);
  }
  await walk.return();
});

test("the next walk of a size takes the caches of the last one", async () => {
  await using walker = await SparseWalker.open(folder, config);
  for (let time = 0; time < 3; time++) {
    const walk = walker.walk(pictures(4));
    await walk.next();
    await walk.return();
  }
  expect(await livingEntries()).toBe(4);
});

test("a walker disposed amid a walk keeps none", async () => {
  const walker = await SparseWalker.open(folder, config);
  const walk = walker.walk(pictures(4));
  await walk.next();
  await walker[Symbol.asyncDispose]();
  await walk.return();
  expect(await livingEntries()).toBe(0);
  expect(walker.codeCount).toBe(64); // it is still held
});
