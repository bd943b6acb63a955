/** @file A model's self-test, on the device that is right: what it finds when the stored logits are others. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeTinyModel } from "../../../train/test/tiny-model.js";
import type { ModelFolder } from "../../src/model-folder/model-folder.js";
import { readModelFolder } from "../../src/platform/node/model-files.js";
import { runSelfTest, SELF_TEST_FILE, SELF_TEST_TOLERANCE } from "../../src/runtime/self-test.js";

let folder: string;
let model: ModelFolder;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dalle-self-test-"));
  await writeTinyModel(folder, { clip: false });
  model = await readModelFolder(folder);
});
afterAll(() => rm(folder, { recursive: true }));

test("what was stored is found again, and a device that gives something else is far beyond the tolerance", async () => {
  expect((await runSelfTest(model, "cpu")).error).toBeLessThan(1e-6);

  const path = join(folder, SELF_TEST_FILE);
  const { logits } = JSON.parse(await readFile(path, "utf8")) as { logits: number[] };
  await writeFile(path, JSON.stringify({ logits: logits.map((logit) => -logit) }));
  const { error, milliseconds } = await runSelfTest(model, "cpu");
  expect(error).toBeCloseTo(2, 6);
  expect(error).toBeGreaterThan(SELF_TEST_TOLERANCE);
  expect(milliseconds).toBeGreaterThan(0);
});
