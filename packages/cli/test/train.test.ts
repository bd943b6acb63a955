/** @file `dalle train` and `dalle export`: a model from nothing, stopped and resumed on the way. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SafetensorsFile } from "@dalle-ts/tensor";
import { cudaDeviceCount, torchInstallation } from "@dalle-ts/torch";
import { describe, expect, test } from "vitest";
import { dalle, dalleJson, filesIn, temporaryFolder } from "./harness.js";

const folder = temporaryFolder();
const runs = {
  tokenizer: join(folder, "runs", "tokenizer"),
  dvae: join(folder, "runs", "dvae"),
  transformer: join(folder, "runs", "transformer"),
};
const clipRun = join(folder, "runs", "clip");

const settings = (values: Readonly<Record<string, number | string>>) =>
  Object.entries(values).flatMap(([key, value]) => ["--set", `${key}=${value}`]);

const tokenizerArgv = [
  ...["train", "tokenizer", "world-tokenizer", "-o", runs.tokenizer],
  ...settings({ "data.captions": 200, vocabularySize: 300 }),
];
const dvaeArgv = [
  ...["train", "dvae", "world-64-dvae", "-o", runs.dvae],
  ...settings({
    "model.imageSize": 16,
    "model.codes": 16,
    "model.hidden": 8,
    "model.codeWidth": 8,
    "data.pictures": 8,
    precision: "f32",
    autoencoderShare: 0.34,
    steps: 3,
    batch: 2,
  }),
];
const transformerArgv = [
  ...["train", "transformer", "world-64-transformer", "-o", runs.transformer],
  ...["--dvae", runs.dvae, "--tokenizer", runs.tokenizer],
  ...settings({
    "model.layers": 2,
    "model.width": 16,
    "model.heads": 2,
    "model.headSize": 8,
    "model.textStates": 48,
    "model.convolutionKernel": 3,
    "data.pictures": 8,
    precision: "f32",
    steps: 2,
    batch: 2,
  }),
];

const clipArgv = [
  ...["train", "clip", "tiny-clip", "-o", clipRun],
  ...["--tokenizer", runs.tokenizer, "--dvae", runs.dvae],
  ...settings({ "model.image.imageSize": 16, "data.pictures": 8, steps: 2, batch: 2 }),
];

test("a tokenizer, with its recipe printed", async () => {
  const { exitCode, stdout, stderr } = await dalle(tokenizerArgv);
  expect(exitCode).toBe(0);
  expect(stdout).toBe(`${join(runs.tokenizer, "tokenizer.json")}\n300 entries\n`);
  expect(stderr).toContain("vocabularySize = 300\n");
  const { recipe, entries } = await dalleJson(tokenizerArgv);
  expect(entries).toBe(300);
  expect(recipe).toMatchObject({ name: "world-tokenizer", data: { captions: 200 } });
});

/** Of "--set" and "steps=…" both. */
const isSteps = (argv: readonly string[], index: number) =>
  argv.slice(index, index + 2).some((word) => word.startsWith("steps="));

const noTorch = torchInstallation()?.built ? "" : "libtorch is missing or its binding is not built";
const hasCuda = !noTorch && cudaDeviceCount() > 0;
if (hasCuda) console.log("Skipped: CUDA is refused without a GPU, because there is one.");
if (noTorch) console.log(`Skipped: training a model, because ${noTorch}.`);

describe.skipIf(noTorch)("a model", () => {
  test("an interrupt stops the dVAE after a step, with a checkpoint", async () => {
    const { exitCode, stdout, stderr } = await dalle(dvaeArgv, { interrupt: true });
    expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: "" });
    expect(stderr).toContain(`Starting in ${runs.dvae}.`);
    expect(stderr.trim().split("\n").at(-1)!.replaceAll(folder, "…")).toMatchInlineSnapshot(
      `"Stopped after step 2 of 3, saved as …/runs/dvae/checkpoint-00000002; run the same command again to go on."`,
    );
  });

  test("the same command goes on, and once done says so at once", async () => {
    const { exitCode, stdout, stderr } = await dalle(dvaeArgv, { terminal: true });
    expect(exitCode).toBe(0);
    expect(stderr).toContain("Going on from ");
    expect(stderr).toMatch(/training .*\/3 steps · loss [-\d.]+ · [\d.]+ steps\/s/);
    expect(stdout).toContain("checkpoint-00000003\n3 steps in ");
    const again = await dalle([...dvaeArgv, "--json"]);
    expect(JSON.parse(again.stdout)).toMatchObject({ step: 3, recipe: { model: { hidden: 8 } } });
    expect(again.stderr.replaceAll(folder, "…")).toBe(
      "…/runs/dvae is already finished at step 3; nothing to do. To train on from it, name it with --from and another run folder with -o.\n",
    );
  });

  test("minutes in the place of steps come to the run of as many steps, bit for bit", async () => {
    const changed = settings({ "learningRate.warmUp": 1, checkpointEvery: 1000 });
    const without = dvaeArgv.slice(5).filter((_, index, all) => !isSteps(all, index));
    const timed = (minutes: number) => [
      ...[...dvaeArgv.slice(0, 3), "-o", join(folder, "runs", "timed")],
      ...["--minutes", String(minutes), ...without, ...changed],
    ];
    let minutes = 0.03;
    let run = await dalle(timed(minutes));
    // A machine that is busy with other work may need more than two seconds for a step.
    for (; run.exitCode === 2 && minutes < 5; run = await dalle(timed(minutes))) {
      expect(run.stderr).toContain(`${minutes} minutes leave time for `);
      minutes *= 4;
    }
    expect(run).toMatchObject({ exitCode: 0 });
    const [, steps, told] = run.stderr.match(
      /^(\d+) steps are planned for ([\d.]+) minutes: .*checkpoint\.$/m,
    )!;
    expect(told).toBe(String(minutes));
    const planned = await dalleJson(timed(minutes));
    expect(planned).toMatchObject({ step: Number(steps), recipe: { steps: Number(steps) } });
    const counted = [...dvaeArgv, ...changed, "--set", `steps=${steps}`];
    const { checkpoint } = await dalleJson([...counted, "-o", join(folder, "runs", "counted")]);
    for (const file of ["model", "ema", "optimizer"]) {
      const [one, other] = await Promise.all(
        [planned.checkpoint, checkpoint].map((of) => readFile(join(of, `${file}.safetensors`))),
      );
      expect(one!.equals(other!)).toBe(true);
    }
  });

  test("steps beside minutes are refused, and so are no minutes", async () => {
    const both = await dalle([...dvaeArgv, "--minutes", "1"]);
    expect(both.exitCode).toBe(2);
    expect(both.stderr).toContain('--minutes: expected no steps beside it, got "steps=3"');
    const none = await dalle([...dvaeArgv, "--minutes", "0"]);
    expect(none.exitCode).toBe(2);
    expect(none.stderr).toContain('--minutes: expected a number of minutes > 0, got "0"');
  });

  test("other settings in the same folder are refused", async () => {
    const { exitCode, stderr } = await dalle([...dvaeArgv, "--set", "batch=4"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("was made with other settings");
  });

  test("a device that is not there is refused", async () => {
    const { exitCode, stderr } = await dalle([...dvaeArgv, "--device", "tpu"]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^--device: expected .*, got tpu; see .*\n$/);
  });

  test.skipIf(hasCuda)("CUDA without a GPU is refused in one line", async () => {
    const { exitCode, stderr } = await dalle([...dvaeArgv, "--device", "cuda"]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^--device: cuda was asked for, but libtorch .* sees no CUDA device; .*\n$/,
    );
  });

  test("a dVAE that is not there is refused in one line", async () => {
    const nowhere = join(folder, "nowhere");
    const { exitCode, stderr } = await dalle([...transformerArgv, "--dvae", nowhere]);
    expect({ exitCode, stderr: stderr.replaceAll(folder, "…") }).toEqual({
      exitCode: 1,
      stderr:
        "…/nowhere does not exist; check the path, or train one with `dalle train dvae` first.\n",
    });
  });

  test("transformer, export in any order, and a picture", async () => {
    expect((await dalle(transformerArgv)).exitCode).toBe(0);
    const model = join(folder, "models", "mine");
    await mkdir(model, { recursive: true });
    await writeFile(join(model, "README.md"), "a card");
    const order = [runs.transformer, runs.tokenizer, runs.dvae];
    const { config } = await dalleJson(["export", ...order, "-o", model]);
    expect(config).toMatchObject({ name: "mine", dvae: { codes: 16 } });
    expect(config).not.toHaveProperty("sampling");
    expect(await filesIn(join(folder, "models"))).toEqual(["mine"]);
    expect(await readFile(join(model, "README.md"), "utf8")).toBe("a card");
    const path = join(folder, "out.png");
    const drawn = await dalle(["generate", "a red cube", "--model", model, "-o", path]);
    expect(drawn).toMatchObject({ exitCode: 0, stderr: "" });
    const named = Object.entries(runs).flatMap(([part, run]) => [`--${part}`, run]);
    const argv = ["export", ...named, "-o", `${model}-8`, "--dtype", "int8-rows", "--name", "n"];
    const sampling = { temperature: 0.5, guidance: 2 };
    const chosen = ["--temperature", "0.5", "--guidance", "2"];
    expect((await dalleJson([...argv, ...chosen])).config).toMatchObject({ name: "n", sampling });
    const plain = await dalle(["export", ...order, "-o", join(folder, "models", "plain")]);
    expect(plain.stderr).toContain("try export with --temperature 0.8 --top-p 0.95 --guidance 2");
    const updated = await dalle([...argv, "--json"]);
    expect(JSON.parse(updated.stdout).config).toMatchObject({ sampling });
    expect(updated.stderr).toBe(`Drawn as ${model}-8 is: temperature 0.5, guidance 2.\n`);
    const taught = [
      ...named,
      "--tokenizer",
      `${model}-8`,
      "-o",
      join(folder, "models", "taught-on"),
    ];
    const partly = await dalleJson(["export", ...taught, "--guidance", "3"]);
    expect(partly.config.sampling).toEqual({ temperature: 0.5, guidance: 3 });
    const again = ["generate", "a red cube", "--model", `${model}-8`, "-o", path];
    expect((await dalleJson(again)).settings).toEqual({ ...sampling, topP: 1 });
    const asked = await dalleJson([...again, "--guidance", "1"]);
    expect(asked.settings).toEqual({ temperature: 0.5, topP: 1, guidance: 1 });
    for (const format of ["fp16", "int8", "int4"]) {
      const to = `${model}-${format}`;
      await dalleJson(["export", ...named, "-o", to, "--dtype", format]);
      const drawn = await dalle(["generate", "a red cube", "--model", to, "-o", path]);
      expect(drawn, format).toMatchObject({ exitCode: 0, stderr: "" });
    }
    const impossible = await dalle([...argv, "--top-k", "17"]);
    expect(impossible.exitCode).toBe(1);
    expect(impossible.stderr).toContain("topK: expected an integer in [1, 16], got 17");
  });

  test("another run begins with the averaged weights of the first, and only where they fit", async () => {
    const second = ["-o", join(folder, "runs", "second"), "--from", runs.transformer];
    const idle = settings({ steps: 1, "learningRate.peak": 0, "learningRate.end": 0 });
    const { checkpoint } = await dalleJson([...transformerArgv, ...second, ...idle]);
    const first = (await dalleJson(transformerArgv)).checkpoint;
    const weights = (of: string, file: string) => readFile(join(of, `${file}.safetensors`));
    expect(await weights(checkpoint, "model")).toEqual(await weights(first, "ema"));

    const other = ["-o", join(folder, "runs", "wider"), "--from", runs.transformer];
    const wider = await dalle([...transformerArgv, ...other, ...settings({ "model.layers": 1 })]);
    expect(wider.exitCode).toBe(2);
    expect(wider.stderr.trim().split("\n").at(-1)!.replaceAll(folder, "…")).toMatchInlineSnapshot(
      `"…/runs/transformer has another shape than this run (layers was 2 and is 1); say --set model.layers=2, or begin without --from."`,
    );
  });

  test("a deeper run begins with copies in the middle, and says so", async () => {
    const five = join(folder, "runs", "five");
    const once = { steps: 1, "learningRate.peak": 0, "learningRate.end": 0 };
    const argv = [...transformerArgv, "-o", five, ...settings({ ...once, "model.layers": 5 })];
    await dalleJson(argv);
    const nine = ["--from", five, "-o", join(folder, "runs", "nine")];
    const deeper = settings({ ...once, "model.layers": 9 });
    const { stderr, exitCode } = await dalle([...transformerArgv, ...nine, ...deeper]);
    expect(exitCode).toBe(0);
    expect(stderr.replaceAll(folder, "…")).toContain(
      "…/runs/five has 4 layers fewer; copies of its own are put into its middle, which add nothing until they are taught.",
    );
  });

  test("a model folder is enough to train on from, and its data are told on", async () => {
    const model = join(folder, "models", "shipped");
    const { config: shipped } = await dalleJson(["export", ...Object.values(runs), "-o", model]);
    expect(shipped.dvaeHash).toMatch(/^[0-9a-f]{64}$/);
    // The run and the model made of it are one dVAE: nothing is carried over from one to the other.
    const both = ["--from", model, "-o", join(folder, "runs", "both"), ...settings({ steps: 1 })];
    const { exitCode, stderr } = await dalle([...transformerArgv, ...both]);
    expect(exitCode).toBe(0);
    expect(stderr).not.toContain("carried over");
    const mixed = ["export", runs.tokenizer, "--dvae", model, "--transformer", runs.transformer];
    await dalleJson([...mixed, "-o", join(folder, "models", "mixed")]);
    const onward = join(folder, "runs", "onward");
    const parts = ["--dvae", model, "--tokenizer", model];
    const idle = settings({ steps: 1, "learningRate.peak": 0, "learningRate.end": 0 });
    const argv = [...transformerArgv, ...parts, "--from", model, "-o", onward, ...idle];
    const { checkpoint } = await dalleJson(argv);
    await using first = await SafetensorsFile.open(
      join((await dalleJson(transformerArgv)).checkpoint, "ema.safetensors"),
    );
    await using then = await SafetensorsFile.open(join(checkpoint, "model.safetensors"));
    for (const name of first.tensors.keys()) {
      if (name.startsWith("text.head.")) continue; // not in the graph, so fresh
      expect(await then.readFloat32(name), name).toEqual(await first.readFloat32(name));
    }

    const exported = ["export", "--transformer", onward, "--dvae", model, "--tokenizer", model];
    const { config } = await dalleJson([...exported, "-o", join(folder, "models", "taught")]);
    expect(config.files["dvae-encoder.weights-0.bin"]).toEqual(
      shipped.files["dvae-encoder.weights-0.bin"],
    );
    expect(config.world).toHaveLength(2);
  });

  test("a model folder is carried over to another tokenizer; a run does not hold its own, and is refused", async () => {
    const model = join(folder, "models", "shipped");
    const words = join(folder, "runs", "words");
    const tokenizer = [...tokenizerArgv, "-o", words, ...settings({ vocabularySize: 290 })];
    await dalleJson(tokenizer);
    const argv = [...transformerArgv, "--tokenizer", words, ...settings({ steps: 1 })];
    const carried = ["--from", model, "-o", join(folder, "runs", "carried")];
    const { checkpoint } = await dalleJson([...argv, ...carried]);
    await using file = await SafetensorsFile.open(join(checkpoint, "model.safetensors"));
    expect(file.tensors.get("text.embedding")!.shape).toEqual([290, 16]);
    const strange = await dalle([
      ...argv,
      "--from",
      runs.transformer,
      "-o",
      join(folder, "runs", "no"),
    ]);
    expect(strange.exitCode).toBe(2);
    expect(strange.stderr).toContain("and is a run, which does not hold them; pass the ones");
  });

  test("with CLIP beside it, which ranks pictures and scores captions", async () => {
    const trained = await dalleJson(clipArgv);
    expect(trained).toMatchObject({ step: 2, recipe: { model: { image: { imageSize: 16 } } } });
    const model = join(folder, "models", "ranking");
    const { config } = await dalleJson(["export", ...Object.values(runs), clipRun, "-o", model]);
    expect(config.clip).toMatchObject({ embedding: 16, image: { imageSize: 16 } });
    const path = join(folder, "best.png");
    const argv = ["generate", "a red cube", "--model", model, "--seed", "1", "-o", path];
    const best = await dalleJson([...argv, "--rerank", "3"]);
    expect(best.scores).toHaveLength(1);
    const { scores } = await dalleJson(["score", path, "a red cube", "a ball", "--model", model]);
    expect(scores[0]).toMatchObject({ caption: "a red cube" });
    expect(scores[0].clip).toBeCloseTo(best.scores[0], 6);
    const spoken = await dalle(["score", path, "a ball", "--model", model]);
    const { clip, logLikelihood } = scores[1];
    expect(spoken.stdout.split("\n")[1]!.split(/ {2,}/)).toEqual([
      "a ball",
      clip.toFixed(4),
      logLikelihood.toFixed(4),
    ]);
    const again = join(folder, "models", "ranking-again");
    const clipParts = ["export", ...Object.values(runs), "--clip", model, "-o", again];
    const copied = (await dalleJson(clipParts)).config.files;
    for (const part of ["clip-image", "clip-text"]) {
      const name = `${part}.weights-0.bin`;
      expect(copied[name]).toEqual(config.files[name]);
    }
    const onward = ["-o", join(folder, "runs", "clip-onward"), "--from", model];
    expect((await dalle([...clipArgv, ...onward])).exitCode).toBe(0);
  });

  test("another CLIP begins with the averaged weights of the first, and only where they fit", async () => {
    const second = ["-o", join(folder, "runs", "second-clip"), "--from", clipRun];
    const idle = settings({ steps: 1, "learningRate.peak": 0, "learningRate.end": 0 });
    const { checkpoint } = await dalleJson([...clipArgv, ...second, ...idle]);
    const first = (await dalleJson(clipArgv)).checkpoint;
    const weights = (of: string, file: string) => readFile(join(of, `${file}.safetensors`));
    expect(await weights(checkpoint, "model")).toEqual(await weights(first, "ema"));

    const other = ["-o", join(folder, "runs", "wider-clip"), "--from", clipRun];
    const wider = await dalle([...clipArgv, ...other, ...settings({ "model.embedding": 8 })]);
    expect(wider.exitCode).toBe(2);
    expect(wider.stderr.trim().split("\n").at(-1)!.replaceAll(folder, "…")).toMatchInlineSnapshot(
      `"…/runs/clip has another shape or tokenizer than this run; choose those it was trained with, or begin without --from."`,
    );

    const groups = ["-o", join(folder, "runs", "groups"), ...settings({ "data.alike": 3 })];
    const uneven = await dalle([...clipArgv, ...groups]);
    expect(uneven.exitCode).toBe(2);
    expect(uneven.stderr).toContain("batch: expected a multiple of data.alike, which is 3");
  });

  test("parts that were not trained together are refused, and nothing is written", async () => {
    const other = join(folder, "other-tokenizer");
    const argv = ["train", "tokenizer", "world-tokenizer", "-o", other];
    await dalle([...argv, ...settings({ "data.captions": 100, vocabularySize: 290 })]);
    const output = join(folder, "strangers");
    const stranger = ["export", runs.transformer, other, runs.dvae, "-o", output];
    const { exitCode, stderr } = await dalle(stranger);
    expect(exitCode).toBe(1);
    expect(stderr.trim().replaceAll(folder, "…")).toMatchInlineSnapshot(
      `"…/runs/transformer was not trained with the tokenizer in …/other-tokenizer; pass the run folder it was trained with, or train it again."`,
    );
    expect(await filesIn(folder)).not.toContain("strangers");
  });
});

test("export refuses folders that hold nothing, and two of a kind", async () => {
  const output = ["-o", join(folder, "none")];
  await dalle(tokenizerArgv);
  const twice = await dalle(["export", runs.tokenizer, runs.tokenizer, ...output]);
  expect(twice.exitCode).toBe(2);
  expect(twice.stderr).toContain("both hold a tokenizer");
  const missing = await dalle(["export", join(folder, "nowhere"), ...output]);
  expect(missing.exitCode).toBe(1);
  expect(missing.stderr).toContain("does not exist");
  const empty = await dalle(["export", folder, ...output]);
  expect(empty.exitCode).toBe(1);
  expect(empty.stderr).toContain("holds neither");
});
