/** @file What the tests of imported model folders share: a fixture imported into a temporary folder, loaded, and drawn with. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CheckpointFile } from "@dalle-ts/tensor";
import { Dalle } from "dalle-ts";
import { expect, onTestFinished } from "vitest";
import { type ImportOptions, importModel } from "../../src/import/import-model.js";
import { importKinds } from "../../src/import/kinds.js";

/** Imports files of a fixture's folder, at full precision unless `options` say otherwise, for as long as the test runs. */
export async function importedModel(
  kind: string,
  folder: string,
  names: readonly string[],
  options: Partial<ImportOptions> = {},
): Promise<Dalle> {
  const target = await mkdtemp(join(tmpdir(), "dalle-import-"));
  onTestFinished(() => rm(target, { recursive: true }));
  await importModel(
    [kind, importKinds[kind]!],
    names.map((name) => join(folder, name)),
    target,
    { name: kind, weightFormat: "f32", ...options },
  );
  const dalle = await Dalle.load(target);
  onTestFinished(() => dalle.dispose());
  return dalle;
}

/** Integers that a reference computed. */
export async function expectedIntegers(folder: string, name: string): Promise<number[]> {
  await using file = await CheckpointFile.open(join(folder, "expected.safetensors"));
  return Array.from(await file.read(name), Number);
}

/** Drawn alone and as the last of a batch of four, a picture is the same to the byte. */
export async function expectSameInAnyBatch(dalle: Dalle, caption: string): Promise<void> {
  const [alone] = await dalle.generate(caption, { seed: 13 });
  const together = await dalle.generate(caption, { seed: 10, count: 4, batch: 4 });
  expect(together[3]!.pixels).toEqual(alone!.pixels);
  expect(together[0]!.codes).not.toEqual(alone!.codes);
}
