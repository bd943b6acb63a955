/** @file Training on pictures of the user's own, a twentieth of which are held out: they change nothing but their own loss. */
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { torchInstallation } from "@dalle-ts/torch";
import { beforeAll, describe, expect, test } from "vitest";
import { picture, write } from "../../data/test/source/fixtures.js";
import { dalle, dalleJson, temporaryFolder } from "./harness.js";

const noTorch = torchInstallation()?.built ? "" : "libtorch is missing or its binding is not built";
if (noTorch) console.log(`Skipped: held-out pictures, because ${noTorch}.`);

/** Sixty pictures of two sets, of which the same three are held out; these alone differ. */
const COUNT = 60;
const isHeldOut = (number: number) => number % 20 === 19;

describe.skipIf(noTorch)("pictures that are held out", () => {
  const folder = temporaryFolder();
  const path = (set: string, name: string) => join(folder, set, name);
  const photos: Record<string, string> = {};

  beforeAll(async () => {
    for (const [set, blue] of Object.entries({ one: 0, other: 255 })) {
      const files: Record<string, Buffer | string> = {};
      for (let number = 0; number < COUNT; number++) {
        const name = String(number).padStart(2, "0");
        const shade = isHeldOut(number) ? blue : 60;
        files[`${name}.png`] = await picture(16, 16, `rgb(${4 * number}, 120, ${shade})`);
        files[`${name}.txt`] = `shade ${number}`;
      }
      photos[set] = write(files);
    }
    const tokenizer = ["train", "tokenizer", "tiny-tokenizer", "--data", photos.one!];
    await dalleJson([...tokenizer, "-o", path("one", "tokenizer")]);
  });

  const settings = (values: Readonly<Record<string, number>>) =>
    Object.entries(values).flatMap(([key, value]) => ["--set", `${key}=${value}`]);
  const small = {
    "model.imageSize": 16,
    "model.codes": 16,
    "model.hidden": 8,
    "model.codeWidth": 8,
    steps: 40,
    batch: 2,
    autoencoderShare: 0.5,
    checkpointEvery: 20,
  };
  const tokenizer = ["--tokenizer", path("one", "tokenizer")];
  const dvae = path("one", "dvae");
  const runs: Record<string, (set: string) => string[]> = {
    dvae: (set) => ["tiny-dvae", "--data", photos[set]!, ...settings(small)],
    transformer: (set) => [
      ...["tiny-transformer", "--data", path(set, "codes"), "--dvae", dvae, ...tokenizer],
      ...settings({ steps: 4, batch: 2, checkpointEvery: 2 }),
    ],
    clip: (set) => [
      ...["tiny-clip", "--data", photos[set]!, ...tokenizer],
      ...settings({ "model.image.imageSize": 16, steps: 4, batch: 4, checkpointEvery: 2 }),
    ],
  };

  test.each(Object.keys(runs))(
    "%s: other ones give the same weights, and another loss",
    async (part) => {
      const found = [];
      for (const set of ["one", "other"]) {
        if (part === "transformer") {
          const encode = ["data", "encode", photos[set]!, "--dvae", dvae, "-o", path(set, "codes")];
          await dalleJson(encode);
        }
        const argv = ["train", part, ...runs[part]!(set), "-o", path(set, part)];
        const { checkpoint, last } = await dalleJson(argv);
        found.push({ weights: await readFile(join(checkpoint, "ema.safetensors")), last });
      }
      const [one, other] = found;
      expect(other!.weights).toEqual(one!.weights);
      expect(other!.last.trainingLoss).toBe(one!.last.trainingLoss);
      expect(other!.last.validationLoss).not.toBe(one!.last.validationLoss);
    },
  );

  test("the end of a run tells of both losses, and the model's card how many were held out", async () => {
    const deeper = settings({ steps: 2, batch: 2 });
    const argv = ["train", ...["transformer", ...runs.transformer!("one")], ...deeper];
    const { stdout } = await dalle([...argv, "-o", path("one", "told")]);
    expect(stdout).toMatch(
      /\nOn pictures held out the loss is \d\.\d{4}, on as many trained on \d\.\d{4}\.\n$/,
    );
    const parts = ["tokenizer", "dvae", "told"].map((name) => path("one", name));
    const { config } = await dalleJson(["export", ...parts, "-o", path("one", "model")]);
    expect(config.trainedOn).toBe(
      `57 captioned pictures of ${basename(photos.one!)}, 3 others of which are held out`,
    );
  });
});
