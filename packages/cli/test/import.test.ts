/** @file `dalle import`: what is compared, what is said, and with which exit code. */
import { copyFile, mkdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CheckpointFile, writeSafetensors } from "@dalle-ts/tensor";
import { describe, expect, test } from "vitest";
import { fixtureFolder } from "../../../test/fixtures.js";
import { dalle, dalleJson, temporaryFolder } from "./harness.js";

const fixture = fixtureFolder("import/openai-dvae");
const files = ["encoder.pkl", "decoder.pkl"].map((name) => join(fixture ?? "", name));
const folder = temporaryFolder();

describe.skipIf(!fixture)("dalle import openai-dvae", () => {
  test("--check prints a line per expected tensor, then how many agree", async () => {
    const { exitCode, stdout } = await dalle([
      "import",
      "openai-dvae",
      ...files,
      "--check",
      fixture!,
    ]);
    expect(stdout.split("\n")).toEqual([
      expect.stringMatching(/^mapped \d\.\de[+-]\d+$/),
      expect.stringMatching(/^encoder_logits \d\.\de-\d+$/),
      "tokens exact",
      expect.stringMatching(/^x_stats \d\.\de-\d+$/),
      expect.stringMatching(/^pixels \d\.\de-\d+$/),
      "5/5 within 2e-5",
      "",
    ]);
    expect(exitCode).toBe(0);
    const { rows } = await dalleJson(["import", "openai-dvae", ...files, "--check", fixture!]);
    expect(rows).toHaveLength(5);
  });

  test("--check fails where one expected number is another, or one tensor is not computed", async () => {
    await copyFile(join(fixture!, "inputs.safetensors"), join(folder, "inputs.safetensors"));
    await using file = await CheckpointFile.open(join(fixture!, "expected.safetensors"));
    const logits = await file.readFloat32("encoder_logits");
    const tokens = (await file.read("tokens")) as BigInt64Array;
    logits[3]! += 1;
    tokens[5] = (tokens[5]! + 1n) % 512n;
    const { shape } = file.tensors.get("encoder_logits")!;
    await writeSafetensors(join(folder, "expected.safetensors"), [
      { name: "encoder_logits", dtype: "f32", shape, data: logits },
      { name: "tokens", dtype: "i64", shape: file.tensors.get("tokens")!.shape, data: tokens },
      { name: "dreams", dtype: "f32", shape: [1], data: Float32Array.of(1) },
    ]);
    const { exitCode, stdout } = await dalle([
      "import",
      "openai-dvae",
      ...files,
      "--check",
      folder,
    ]);
    expect(stdout).toMatch(
      /^encoder_logits \d\.\de-\d\ntokens differs\ndreams missing\n0\/3 within 2e-5\n$/,
    );
    expect(exitCode).toBe(1);
  });

  test("a model is written with -o beside --check, and only if all agree", async () => {
    const from = ["import", "openai-dvae", ...files];
    const model = join(folder, "agrees");
    const { exitCode, stdout } = await dalle([...from, "-o", model, "--check", fixture!]);
    expect(stdout).toMatch(/^\S+agrees\n.* MB in .*\n(.*\n){5}5\/5 within 2e-5\n$/);
    expect(exitCode).toBe(0);
    const again = await dalleJson([...from, "-o", model, "--check", fixture!]);
    expect(again).toMatchObject({ directory: model, config: { name: "agrees" } });
    expect(again.rows).toHaveLength(5);
    expect(again.config).not.toHaveProperty("dtype"); // of linear layers, which it has none of
    // The folder is the one of before, whose numbers do not agree.
    const differs = await dalle([...from, "-o", join(folder, "differs"), "--check", folder]);
    expect(differs.stdout).toMatch(/^.*\n.*\n.*\n0\/3 within 2e-5\n$/);
    expect(differs.exitCode).toBe(1);
    await expect(stat(join(folder, "differs"))).rejects.toThrow("ENOENT");
  });
});

const minDalle = fixtureFolder("import/min-dalle");

test.skipIf(!minDalle)(
  "dalle import min-dalle --check finds the heads that no file tells",
  async () => {
    const names = ["vocab.json", "merges.txt", "encoder.pt", "decoder.pt", "detoker.pt"];
    const paths = names.map((name) => join(minDalle!, name));
    const check = ["import", "min-dalle", ...paths, "--check", minDalle!];
    const { stdout } = await dalle(check);
    expect(stdout).toMatch(
      /^prompt_tokens exact\nencoder_state .*\nlogits .*\ngreedy_tokens exact\npixels .*\n5\/5 within 2e-5\n$/,
    );
    // What is written is what was checked, and what is said is what is checked.
    const model = join(folder, "with-its-heads");
    const { config } = await dalleJson([...check, "-o", model]);
    expect(config.transformer).toMatchObject({ heads: 2, width: 56 });
    const other = await dalle([...check, "-o", join(folder, "with-others"), "--heads", "4"]);
    expect(other.stdout).toMatch(/\n2\/5 within 2e-5\n$/);
    expect(other.exitCode).toBe(1);
  },
);

test("an unknown kind is a usage error that names the kinds", async () => {
  const { exitCode, stderr } = await dalle(["import", "gpt", "a.pt", "--check", folder]);
  expect(stderr).toMatch(
    /^kind: expected one of openai-dvae, mindalle, min-dalle, dalle-mini, rudalle, dalle-pytorch, clip, got "gpt"; see `dalle import --help`/,
  );
  expect(exitCode).toBe(2);
});

test("what is said in vain is a usage error, before anything is fetched", async () => {
  const heads = ["--heads", "4"];
  const useless = await dalle(["import", "openai-dvae", "a.pkl", "-o", folder, ...heads]);
  expect(useless.stderr).toBe(
    "--heads is of no use for files of the kind openai-dvae; leave it out.\n",
  );
  expect(useless.exitCode).toBe(2);
  const release = ["--release", "v2"];
  const checking = await dalle(["import", "rudalle", "a.bin", "--check", folder, ...release]);
  expect(checking.stderr).toMatch(
    /^--release: expected none with --check alone, which tries both, got "v2"; /,
  );
  const model = join(folder, "a-model");
  await mkdir(model);
  await writeFile(join(model, "config.json"), "mine");
  const others = await dalle(["import", "min-dalle", "a.pt", "-o", model]);
  expect(others.stderr).toContain("has a config.json of its own");
});
