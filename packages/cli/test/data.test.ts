/** @file `dalle data`: checking, packing, encoding and training on pictures of the user's own. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { torchInstallation } from "@dalle-ts/torch";
import { loadImage } from "dalle-ts";
import { beforeAll, describe, expect, test } from "vitest";
import { picture, write } from "../../data/test/source/fixtures.js";
import { writeTinyModel } from "../../train/test/tiny-model.js";
import { dalle, dalleJson, filesIn, temporaryFolder } from "./harness.js";

const folder = temporaryFolder();
const model = join(folder, "model");
const packed = join(folder, "packed");
let photos: string;

beforeAll(async () => {
  const files: Record<string, Buffer | string> = {
    "bad.png": "no picture",
    "bad.txt": "a bad one",
  };
  for (let number = 0; number < 12; number++) {
    files[`${number}.png`] = await picture(70 + number, 66, `rgb(${20 * number}, 120, 60)`);
    files[`${number}.txt`] = `a card painted in shade ${number}`;
  }
  // Longer than what may be drawn for; such pictures are trained on all the same.
  files["7.txt"] = `a card painted in shade 7${", and again".repeat(400)}`;
  photos = write({ ...files, "lonely.jpg": await picture() });
  await writeTinyModel(model);
});

describe("check", () => {
  test("tells what is there and what is wrong, and draws a sheet", async () => {
    const sheet = join(folder, "sheet.png");
    const { exitCode, stdout } = await dalle(["data", "check", photos, "--sheet", sheet]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("(folder): 12 pictures with captions, 12 png\n");
    expect(stdout).toContain("unreadable or without a partner: 2\n");
    expect(stdout).toContain("  lonely.jpg has no caption (lonely.txt is missing)\n");
    expect(stdout).toContain("  bad.png is not a picture of a format that is read\n");
    const { width, pixels } = await loadImage(sheet);
    expect(width).toBe(8 * (128 + 6) + 6);
    expect(new Set(pixels).size).toBeGreaterThan(20); // 12 colours of pictures, and the greys of letters
    const json = await dalleJson(["data", "check", photos, "--list", "1"]);
    expect(json).toMatchObject({ pairs: 12, problems: { count: 2, list: [{}] } });
  });

  test("nothing to work on is exit code 1 and one sentence that ends with the next step", async () => {
    const empty = write({ "a.png": "x", "b.text": "y" });
    for (const command of [
      ["check", empty],
      ["pack", empty, "-o", join(folder, "none")],
      ["encode", empty, "--dvae", model, "-o", join(folder, "none")],
      ["sheet", empty, "-o", join(folder, "none.png")],
    ]) {
      const { exitCode, stdout, stderr } = await dalle(["data", ...command]);
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
      expect(stderr.trim().replace(empty, "…")).toBe(
        "… holds no picture with a caption (a.png has no caption (a.txt is missing)); put cat.txt beside cat.jpg, or see `dalle data check --help` for the other layouts.",
      );
    }
    expect(await filesIn(folder)).not.toContain("none");
    const unreadable = write({ "a.png": "x", "a.txt": "y" });
    const { exitCode, stdout } = await dalle(["data", "check", unreadable]);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /can be read; look at the reasons above, and save the pictures again\.\n$/,
    );
  });

  test("an interrupt stops it with exit code 130", async () => {
    const { exitCode, stderr } = await dalle(["data", "check", photos], { interrupt: true });
    expect(exitCode).toBe(130);
    expect(stderr.trim()).toBe(
      "Stopped before the end; run the same command again, which begins anew.",
    );
  });
});

test("pack, and the same command again does nothing new", async () => {
  const argv = ["data", "pack", photos, "-o", packed, "--size", "16", "--shard-size", "5"];
  const { exitCode, stdout, stderr } = await dalle(argv);
  expect(exitCode).toBe(0);
  expect(stdout).toBe(`${packed}\n12 pictures in 3 shards; 1 skipped, 1 without a partner\n`);
  expect(stderr).toBe("Skipped: bad.png is not a picture of a format that is read.\n");
  expect(await filesIn(packed)).toEqual(["00000.tar", "00001.tar", "00002.tar", "pack.json"]);
  const before = await readFile(join(packed, "00001.tar"));
  const again = await dalle(argv);
  expect(again).toEqual({
    exitCode: 0,
    stdout,
    stderr: `${packed} is complete; delete it to pack again.\n`,
  });
  expect(await readFile(join(packed, "00001.tar"))).toEqual(before);
  const filtered = await dalle(["data", "pack", photos, "-o", packed, "--filter", "long"]);
  expect(filtered.exitCode).toBe(2);
  expect(filtered.stderr).toContain("--filter: expected one of short, boilerplate, aspect");
});

test("encode by a model folder", async () => {
  const output = join(folder, "codes");
  const argv = ["data", "encode", photos, "--dvae", model, "-o", output, "--cut", "transformer"];
  const encoded = await dalle([...argv, "--json"]);
  const { samples, unpaired, dvae } = JSON.parse(encoded.stdout);
  expect({ samples, unpaired }).toEqual({ samples: 12, unpaired: 1 });
  expect(encoded.stderr).toContain(
    `1 picture or caption is left out; \`dalle data check ${photos}\` lists why.\n`,
  );
  expect(encoded.stderr).toContain(`than a dVAE or CLIP taught ${photos} itself, for some were`);
  expect(dvae).toMatchObject({ gridSide: 8, codes: 16 });
  expect((await readFile(join(output, "00000.codes"))).length).toBe(12 * 64 * 2);
  const { exitCode, stderr } = await dalle([...argv, "--device", "cuda:9"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--device: expected a run folder as --dvae beside it, got "cuda:9"');
});

test("build world and its sheet", async () => {
  const output = join(folder, "world");
  const argv = ["data", "build", "world", "--count", "7", "--size", "16", "--shard-size", "4"];
  const { shards } = await dalleJson([...argv, "--workers", "1", "-o", output]);
  expect(shards).toMatchObject([{ samples: 4 }, { samples: 3 }]);
  const sheet = join(folder, "world.png");
  await dalleJson(["data", "sheet", "world", "-o", sheet, "--count", "3", "--families", "blocks"]);
  expect((await loadImage(sheet)).width).toBe(3 * (128 + 6) + 6);
});

const noTorch = torchInstallation()?.built ? "" : "libtorch is missing or its binding is not built";
if (noTorch) console.log(`Skipped: training on own pictures, because ${noTorch}.`);

describe.skipIf(noTorch)("training on them", () => {
  const run = (name: string) => join(folder, "runs", name);
  const set = (values: Readonly<Record<string, number | string>>) =>
    Object.entries(values).flatMap(([key, value]) => ["--set", `${key}=${value}`]);
  const small = {
    "model.imageSize": 16,
    "model.codes": 16,
    "model.hidden": 8,
    "model.codeWidth": 8,
  };
  const dvaeArgv = (name: string, seed: number) => [
    ...["train", "dvae", "tiny-dvae", "--data", packed, "-o", run(name)],
    ...set({ ...small, seed, steps: 6, batch: 2, autoencoderShare: 0.34, checkpointEvery: 2 }),
  ];
  const codes = join(folder, "own-codes");
  const transformerArgv = [
    ...["train", "transformer", "tiny-transformer", "--data", codes, "-o", run("transformer")],
    ...["--dvae", run("dvae"), "--tokenizer", run("tokenizer")],
    ...set({ steps: 2, batch: 2 }),
  ];

  test("tokenizer, dVAE, codes and transformer, and a model of them", async () => {
    const tokenizer = ["train", "tokenizer", "tiny-tokenizer", "--data", photos];
    const words = await dalle([...tokenizer, "-o", run("tokenizer"), "--json"]);
    expect(words.stderr).toContain(
      `1 picture or caption is left out; \`dalle data check ${photos}`,
    );
    const { recipe, unpaired } = JSON.parse(words.stdout);
    expect(unpaired).toBe(1);
    expect(recipe.data).toMatchObject({ source: photos, pictures: 13 });
    expect(await readFile(join(run("tokenizer"), "tokenizer.json"), "utf8")).toContain("shade");
    await dalleJson(dvaeArgv("dvae", 1));
    const encoded = await dalleJson(["data", "encode", packed, "--dvae", run("dvae"), "-o", codes]);
    expect(encoded).toMatchObject({ samples: 12, dvae: { gridSide: 4, codes: 16 } });
    expect((await dalle(transformerArgv)).stderr).not.toContain("could not be made");
    expect(await filesIn(join(run("transformer"), "samples"))).toEqual(["step-00000002.png"]);
    const parts = ["tokenizer", "dvae", "transformer"].map(run);
    const { config } = await dalleJson(["export", ...parts, "-o", join(folder, "mine")]);
    expect(config.trainedOn).toBe("12 captioned pictures of packed");
  });

  test("CLIP, its long captions told, and the same bit for bit where it was stopped", async () => {
    const argv = (name: string) => [
      ...["train", "clip", "tiny-clip", "--data", photos, "-o", run(name)],
      ...["--tokenizer", run("tokenizer")],
      ...set({ "model.image.imageSize": 16, "model.text.states": 4, steps: 3, batch: 4 }),
    ];
    const whole = await dalle(argv("clip"));
    expect(whole.exitCode).toBe(0);
    expect(whole.stderr).toContain("1 picture or caption is left out; ");
    expect(whole.stderr).toMatch(
      /1\d of 13 captions are longer than 2 tokens; .* raise model\.text\.states/,
    );
    const stopped = await dalle(argv("clip-resumed"), { interrupt: true });
    expect(stopped.exitCode).toBe(130);
    expect((await dalle(argv("clip-resumed"))).exitCode).toBe(0);
    const weights = (name: string) =>
      readFile(join(run(name), "checkpoint-00000003", "model.safetensors"));
    expect(await weights("clip-resumed")).toEqual(await weights("clip"));
  });

  test("CLIP has nothing to learn from one picture, in a batch or in all, or from one caption", async () => {
    const single = write({ "a.png": await picture(), "a.txt": "a card" });
    const alike = write({
      ...{ "a.png": await picture(), "a.txt": "a card" },
      ...{ "b.png": await picture(), "b.txt": "a card" },
    });
    const argv = (source: string, batch: number) => [
      ...["train", "clip", "tiny-clip", "--data", source, "-o", run("none")],
      ...["--tokenizer", run("tokenizer"), ...set({ batch, steps: 1 })],
    ];
    const batch = await dalle(argv(packed, 1));
    expect({ exitCode: batch.exitCode, stderr: batch.stderr }).toEqual({
      exitCode: 2,
      stderr:
        "batch: expected an integer >= 2, pictures to tell apart, got 1; see `dalle train clip --help`.\n",
    });
    for (const [source, held] of [
      [
        single,
        "one picture with a caption, and CLIP learns to tell pictures apart; give it more of them",
      ],
      [
        alike,
        "pictures of one caption only, and CLIP learns which caption is whose; give it pictures of others",
      ],
    ] as const) {
      const { exitCode, stderr } = await dalle(argv(source, 2));
      expect({ exitCode, stderr: stderr.replace(source, "…") }).toEqual({
        exitCode: 1,
        stderr: `… holds ${held} with --data.\n`,
      });
    }
    expect(await filesIn(join(folder, "runs"))).not.toContain("none");
  });

  test("stopped and resumed, the dVAE is the same bit for bit", async () => {
    const stopped = await dalle(dvaeArgv("resumed", 1), { interrupt: true });
    expect(stopped.exitCode).toBe(130);
    expect((await dalle(dvaeArgv("resumed", 1))).exitCode).toBe(0);
    const weights = (name: string) =>
      readFile(join(run(name), "checkpoint-00000006", "model.safetensors"));
    expect(await weights("resumed")).toEqual(await weights("dvae"));
  });

  test("codes of another dVAE, and other pictures for a run, are refused in one sentence", async () => {
    await dalleJson(dvaeArgv("other", 2));
    const argv = transformerArgv.map((word) => (word === run("dvae") ? run("other") : word));
    const { exitCode, stderr } = await dalle(argv);
    expect(exitCode).toBe(1);
    const message = stderr.trim().split("\n").at(-1)!.replaceAll(folder, "…");
    expect(message.replaceAll(/[0-9a-f]{12}/g, "#")).toBe(
      "…/own-codes holds codes of another dVAE (#) than the one in …/runs/other (#); encode the pictures again with `dalle data encode <pictures> --dvae …/runs/other -o <another folder>`.",
    );
    const encode = ["data", "encode", packed, "--dvae", run("other"), "-o"];
    expect((await dalle([...encode, codes])).stderr.replaceAll(folder, "…")).toBe(
      "…/own-codes was made with another dvae (codes.json); repeat the old options, delete it to make it again, or choose another folder with -o.\n",
    );
    expect((await dalle([...encode, join(folder, "other-codes")])).exitCode).toBe(0);
    const others = dvaeArgv("dvae", 1).map((word) => (word === packed ? photos : word));
    expect((await dalle(others)).stderr).toContain("was made with other settings");
    const codeless = await dalle(
      dvaeArgv("dvae", 1).map((word) => (word === packed ? codes : word)),
    );
    expect(codeless.stderr.replaceAll(folder, "…")).toBe(
      "…/own-codes holds codes of `dalle data encode`; give the pictures that they were made from.\n",
    );
    const nothing = await dalle([...transformerArgv, "--data", packed]);
    expect(nothing.stderr).toContain(
      "holds no codes (no codes.json); make them with `dalle data encode` first.",
    );
  });
});
