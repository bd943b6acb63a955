/** @file `dalle plan`: the sums are those of the model's cost, and what does not fit says what would. */
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { writeTinyModel } from "../../train/test/tiny-model.js";
import { dalle, dalleJson, temporaryFolder } from "./harness.js";

const folder = temporaryFolder();
const model = join(folder, "model");
beforeAll(() => writeTinyModel(model));

test("the paper's model on GPUs that share it out", async () => {
  const { stdout } = await dalle(["plan", "paper", "--gpus", "8", "--memory", "80GB"]);
  expect(stdout).toMatchInlineSnapshot(`
    "paper: 12,292,844,929 parameters, 64 layers of width 3,968, 1,280 states
                                   one GPU  each of 8
    weights, fp32                  49.2 GB     6.1 GB
    their average                  49.2 GB     6.1 GB
    their gradients                49.2 GB     6.1 GB
    Adam's two moments             98.3 GB    12.3 GB
    one pair's activations, about  37.5 GB    37.5 GB
    together                        283 GB    68.2 GB
    Into each of 8 times 80 GB go batches of up to 1 pair.
    A million pairs take 9.4e+19 operations: 33 hours on 8 GPUs at 100 TFLOPS each.
    The paper's run saw 440 million.
    dalle-ts itself trains on one GPU; this is what sharing it out as the paper did takes.
    "
  `);
});

test("where it does not fit, so many GPUs or more memory are asked for", async () => {
  const lastOf = async (...argv: string[]) => {
    const { stdout } = await dalle(["plan", "paper", ...argv]);
    return stdout.split("\n").find((line) => line.startsWith("It does not fit"));
  };
  expect(await lastOf("--memory", "80")).toBe(
    "It does not fit into 80 GB; 6 such GPUs could share it out.",
  );
  expect(await lastOf("--memory", "20 GB", "--gpus", "64")).toBe(
    "It does not fit into each of 64 times 20 GB; its activations alone are larger, and dalle-ts recomputes none of them: take one with more memory.",
  );
});

test("what is neither is told what there is", async () => {
  const { stderr, exitCode } = await dalle(["plan", "world-64-transformer"]);
  expect({ stderr, exitCode }).toEqual({
    stderr:
      'preset: expected `paper`, or the folder of a model whose transformer dalle-ts can train, got "world-64-transformer"; see `dalle plan --help`.\n',
    exitCode: 2,
  });
});

test("a model folder's own", async () => {
  const { parameters, weightBytes, pairBytes, pairs, memory } = await dalleJson([
    "plan",
    model,
    "--memory",
    "0.5GB",
  ]);
  expect(weightBytes).toBe(4 * parameters);
  expect(pairs).toBe(Math.floor((memory - 5 * weightBytes) / pairBytes));
  expect((await dalleJson(["plan", model, "--memory", "16GiB"])).memory).toBe(2 ** 34);
  expect((await dalleJson(["plan", model, "--memory", "500 MB"])).memory).toBe(5e8);
  const { stderr, exitCode } = await dalle(["plan", model, "--memory", "much"]);
  expect({ stderr, exitCode }).toEqual({
    stderr: '--memory: expected gigabytes, such as 80GB, got "much"; see `dalle plan --help`.\n',
    exitCode: 2,
  });
});
