/** @file `dalle import … -o`: a model folder that every command uses like any other, and a CLIP added to it. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeSafetensors } from "@dalle-ts/tensor";
import { beforeAll, describe, expect, test } from "vitest";
import { fixtureFolder } from "../../../test/fixtures.js";
import { normalArray } from "../../models/test/tiny.js";
import { clipShapes } from "../../train/test/import/tiny-clip.js";
import { dalle, dalleJson, temporaryFolder } from "./harness.js";

const folder = temporaryFolder();
const model = join(folder, "mini");
const picture = join(folder, "out.png");
const fixture = fixtureFolder("import/min-dalle");
const names = ["vocab.json", "merges.txt", "encoder.pt", "decoder.pt", "detoker.pt"];
const files = names.map((name) => join(fixture ?? "", name));
const caption = "an armchair in the shape of an avocado";

/** A very small CLIP of random weights, and two merges for it: 512 bytes, they, start and end. */
async function writeClip(): Promise<[weights: string, merges: string]> {
  const paths = ["clip.safetensors", "merges.txt"].map((name) => join(folder, name));
  const tensors = Object.entries(clipShapes(516)).map(([name, shape], index) => ({
    name,
    shape,
    dtype: "f32" as const,
    data: normalArray(
      shape.reduce((a, b) => a * b, 1),
      index,
    ),
  }));
  await writeSafetensors(paths[0]!, tensors);
  await writeFile(paths[1]!, "#version: 0.2\na n</w>\na v\no c\n");
  return [paths[0]!, paths[1]!];
}

describe.skipIf(!fixture)("dalle import -o", () => {
  beforeAll(async () => {
    const imported = ["import", "min-dalle", ...files, "--heads", "2", "-o", model];
    const { exitCode, stdout, stderr } = await dalle([...imported, "--name", "little"]);
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/mini\n\d+\.\d MB in 7 files, in [\d.]+ s\n$/);
  });

  test("the folder draws, and says what it was made of", async () => {
    const { model: found } = await dalleJson(
      ["generate", caption, "--seed", "3", "-o", picture].concat(["--model", model]),
    );
    expect(found).toMatchObject({ name: "little" });
    const config = JSON.parse(await readFile(join(model, "config.json"), "utf8"));
    expect(config.trainedOn).toMatch(
      /^Imported from vocab\.json, .*detoker\.pt, files of the kind/,
    );
    expect(config.transformer.family).toBe("encoder-decoder");
  });

  test("it says why it cannot score, until a CLIP is added, which reranks too", async () => {
    const score = ["score", picture, caption, "a cat", "--model", model];
    const before = await dalle(score);
    expect(before.stderr).toMatch(/^The model little has no CLIP to score pictures with; /);
    expect(before.exitCode).toBe(1);

    await dalle(["import", "clip", ...(await writeClip()), "-o", model]);
    const { scores } = await dalleJson(score);
    expect(scores).toEqual([
      { caption, clip: expect.any(Number) },
      { caption: "a cat", clip: expect.any(Number) },
    ]);
    expect(scores[0].clip).not.toBe(scores[1].clip);
    const reranked = ["--rerank", "2", "--seed", "3", "--model", model];
    const best = await dalleJson(["generate", caption, "-o", picture, ...reranked]);
    expect(best.scores).toHaveLength(1);
    expect([3, 4]).toContain(best.seeds[0]);
    const { stdout } = await dalle(["generate", caption, "-o", picture, ...reranked]);
    const kept = `seed ${best.seeds[0]} (${best.scores[0].toFixed(3)})`;
    expect(stdout).toMatch(/1 picture in [\d.]+ s, seed 3; best of 2: seed [34] \(.*\)\n$/);
    expect(stdout).toContain(kept);
  });

  test("files of another kind leave the folder as it was, and one that is missing is named", async () => {
    const before = await readFile(join(model, "config.json"), "utf8");
    const { exitCode, stderr } = await dalle(["import", "mindalle", ...files, "-o", model]);
    expect(stderr).toMatch(/^There is no config\.yaml among the files; add its path\./);
    expect(exitCode).toBe(1);
    expect(await readFile(join(model, "config.json"), "utf8")).toBe(before);
  });

  test("heads that no file tells are taken by the family's rule, and the user is told", async () => {
    const imported = ["import", "min-dalle", ...files, "-o", join(folder, "other")];
    const { exitCode, stderr } = await dalle(imported);
    expect(stderr).toBe(
      "No file tells the number of attention heads: assumed 1 of 56 dimensions, as near to the family's 64 as a width of 56 allows. If the model has another number, say --heads.\n",
    );
    expect(exitCode).toBe(0);
    const { config, notes } = await dalleJson(imported);
    expect(config.transformer.heads).toBe(1);
    expect(notes).toEqual([stderr.trim()]);
  });
});

test("it is told a folder to write, or one to compare with, or both", async () => {
  const { exitCode, stderr } = await dalle(["import", "clip", "a.pt"]);
  expect(stderr).toMatch(/^-o, --check: expected one of them or both, got "neither"/);
  expect(exitCode).toBe(2);
});
