/** @file What becomes of run and model folders when commands are given the wrong one, twice, or with something changed. */
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { torchInstallation } from "@dalle-ts/torch";
import { beforeAll, describe, expect, test } from "vitest";
import { picture, write } from "../../data/test/source/fixtures.js";
import { writeTinyModel } from "../../train/test/tiny-model.js";
import { dalle, dalleJson, filesIn, temporaryFolder } from "./harness.js";

const folder = temporaryFolder();
const run = (name: string) => join(folder, "runs", name);
const model = join(folder, "model");
const file = join(folder, "file");
let photos: string;

beforeAll(async () => {
  const files: Record<string, Buffer | string> = {};
  for (let number = 0; number < 8; number++) {
    files[`${number}.png`] = await picture(16, 16, `rgb(${30 * number}, 120, 60)`);
    files[`${number}.txt`] = `a card in shade ${number}`;
  }
  photos = write(files);
  await writeFile(file, "no folder");
  await writeTinyModel(model);
});

const set = (values: Readonly<Record<string, number>>) =>
  Object.entries(values).flatMap(([key, value]) => ["--set", `${key}=${value}`]);
const small = {
  "model.imageSize": 16,
  "model.codes": 16,
  "model.hidden": 8,
  "model.codeWidth": 8,
  steps: 6,
  batch: 2,
  autoencoderShare: 0,
  checkpointEvery: 1,
  sampleEvery: 6,
};
const dvaeArgv = (output: string, changes: Readonly<Record<string, number>> = {}) => [
  ...["train", "dvae", "tiny-dvae", "--data", photos, "-o", output],
  ...set({ ...small, ...changes }),
];
/** The last line, with the same name for each test folder. */
const told = (stderr: string) =>
  stderr.trim().split("\n").at(-1)!.replaceAll(folder, "…").replaceAll(photos, "photos");

test("a tokenizer that others may have been trained with is not replaced by another", async () => {
  const argv = ["train", "tokenizer", "tiny-tokenizer", "--data", photos, "-o", run("words")];
  expect((await dalle(argv)).exitCode).toBe(0);
  expect((await dalle(argv)).exitCode).toBe(0); // the same one
  const path = join(run("words"), "tokenizer.json");
  const before = await readFile(path, "utf8");
  const other = await dalle([...argv, ...set({ vocabularySize: 260 })]);
  expect({ exitCode: other.exitCode, message: told(other.stderr) }).toEqual({
    exitCode: 2,
    message:
      "…/runs/words/tokenizer.json is another tokenizer than this one, and models may have been trained with it; choose another run folder with -o, or delete it first.",
  });
  expect(await readFile(path, "utf8")).toBe(before);
  const nowhere = await dalle([...argv, "-o", file]);
  expect(told(nowhere.stderr)).toMatch(/^Cannot write …\/file\/tokenizer\.json: E.*; check /);
});

test("a setting of the painted world is refused beside pictures of the user's own", async () => {
  const { exitCode, stderr } = await dalle(dvaeArgv(run("none"), { "data.pictures": 3 }));
  expect(exitCode).toBe(2);
  expect(stderr).toBe(
    '--set: expected no data beside --data, got "data.pictures=3"; see `dalle train dvae --help`.\n',
  );
});

const noTorch = torchInstallation()?.built ? "" : "libtorch is missing or its binding is not built";
if (noTorch) console.log(`Skipped: run folders of models, because ${noTorch}.`);

describe.skipIf(noTorch)("a run folder", () => {
  test("is trained in by one process at a time, and the other one says so", async () => {
    const outcomes = await Promise.all([dalle(dvaeArgv(run("two"))), dalle(dvaeArgv(run("two")))]);
    expect(outcomes.map(({ exitCode }) => exitCode).sort()).toEqual([0, 1]);
    const refused = outcomes.find(({ exitCode }) => exitCode === 1)!;
    expect(refused.stderr.replaceAll(folder, "…")).toBe(
      "Another process trains in …/runs/two; wait for it, or choose another folder with -o.\n",
    );
    expect((await dalleJson(dvaeArgv(run("two")))).step).toBe(6);
  });

  test.each([
    ["a file", () => file],
    ["below a file", () => join(file, "run")],
  ])("that is %s is refused before anything is painted", async (_, output) => {
    const { exitCode, stderr } = await dalle(dvaeArgv(output()));
    expect(exitCode).toBe(1);
    expect(stderr.split("\n")).toHaveLength(2);
    expect(told(stderr)).toMatch(
      /^Cannot write to …\/file.* \(E.*\); check its permissions, or choose another folder with -o\.$/,
    );
  });

  test("that is a model folder is refused: what is trained in it would not be found", async () => {
    const before = await filesIn(model);
    const { exitCode, stderr } = await dalle(dvaeArgv(model));
    expect({ exitCode, stderr: told(stderr) }).toEqual({
      exitCode: 2,
      stderr: "…/model is a model folder; choose another run folder with -o.",
    });
    expect(await filesIn(model)).toEqual(before);
  });

  test("among or in the place of its pictures is refused before anything is written", async () => {
    const before = await filesIn(photos);
    const message = async (argv: readonly string[]) => {
      const { exitCode, stderr } = await dalle(argv);
      expect(exitCode).toBe(2);
      return told(stderr);
    };
    expect(await message(dvaeArgv(`${photos}/`))).toBe(
      "photos/ is the folder that is read; choose another run folder with -o.",
    );
    expect(await message(dvaeArgv(join(photos, "..run", "mine")))).toBe(
      "photos/..run/mine lies in photos, where its sheets would be pictures to read; choose another run folder with -o.",
    );
    const clip = ["train", "clip", "tiny-clip", "--tokenizer", run("words")];
    expect(await message([...clip, "--data", photos, "-o", photos])).toContain("is read; choose");
    const tokenizer = ["train", "tokenizer", "tiny-tokenizer", "--data", photos, "-o", photos];
    expect(await message(tokenizer)).toContain("is read; choose");
    expect(await filesIn(photos)).toEqual(before);
  });

  test("goes on with other times of checkpoints and sheets", async () => {
    const stopped = await dalle(dvaeArgv(run("rhythm")), { interrupt: true, terminal: true });
    expect(stopped.exitCode).toBe(130);
    expect(stopped.stderr).toContain(
      "Stopping with a checkpoint; another interrupt stops at once, without one.\n",
    );
    const { step, recipe } = await dalleJson(
      dvaeArgv(run("rhythm"), { checkpointEvery: 4, sampleEvery: 2 }),
    );
    expect({ step, recipe }).toMatchObject({ step: 6, recipe: { checkpointEvery: 4 } });
    expect(await filesIn(join(run("rhythm"), "samples"))).toContain("step-00000004.png");
  });

  test("whose pictures have changed says so, and how to go on", async () => {
    const mine = write({ "a.png": await picture(), "a.txt": "a card" });
    const argv = dvaeArgv(run("changed")).map((word) => (word === photos ? mine : word));
    await dalleJson(argv);
    write({ "b.png": await picture(), "b.txt": "another" }, mine);
    const { exitCode, stderr } = await dalle(argv);
    expect({ exitCode, stderr: told(stderr) }).toEqual({
      exitCode: 2,
      stderr:
        "…/runs/changed/checkpoint-00000006 was made with other settings (the pictures or captions were others, or their files have changed since, data.pictures was 1 and is 2); resume with the same recipe, pictures and options (--data, --dvae, --tokenizer, --from, --minutes, --set), or choose another run folder with -o, where --from …/runs/changed begins with what this one has learnt.",
    });
  });

  test("with a checkpoint that is damaged says what can be done", async () => {
    const { checkpoint } = await dalleJson(dvaeArgv(run("damaged"), { steps: 1 }));
    const path = join(checkpoint, "state.json");
    for (const damage of [() => writeFile(path, "{"), () => rm(path)]) {
      await damage();
      const { exitCode, stderr } = await dalle(dvaeArgv(run("damaged"), { steps: 1 }));
      expect({ exitCode, stderr: told(stderr) }).toEqual({
        exitCode: 1,
        stderr:
          "…/runs/damaged/checkpoint-00000001/state.json is not a checkpoint state of format version 1; put a copy of the checkpoint in its place, or train anew in another run folder.",
      });
    }
  });

  describe("that is exported", () => {
    const parts = () => ["export", run("words"), run("two")];

    test("is not written into, and neither is a file", async () => {
      const runs = [...parts(), "--transformer", run("two")];
      const into = await dalle([...runs, "-o", run("two")]);
      expect({ exitCode: into.exitCode, stderr: told(into.stderr) }).toEqual({
        exitCode: 2,
        stderr: "…/runs/two is a run folder; choose another folder for the model with -o.",
      });
      const file = await dalle([...runs, "-o", join(photos, "0.png")]);
      expect(file.exitCode).toBe(2);
      expect(told(file.stderr)).toMatch(
        /^-o: expected a folder, got "photos\/0\.png"; see `dalle export --help`\.$/,
      );
    });

    test("beside a whole model is told how to name what is taken of that", async () => {
      const { exitCode, stderr } = await dalle([...parts(), model, "-o", join(folder, "mine")]);
      expect({ exitCode, stderr: told(stderr) }).toEqual({
        exitCode: 2,
        stderr:
          "…/model is a whole model; say what is taken of it with --tokenizer, --dvae, --transformer or --clip; see `dalle export --help`.",
      });
    });

    test("before its end is exported, and its user is told", async () => {
      await dalle(dvaeArgv(run("half")), { interrupt: true });
      const codes = join(folder, "codes");
      const encode = ["data", "encode", photos, "--dvae", run("half"), "-o", codes];
      const told = (verb: string) =>
        `…/runs/half is at step 2 of 6; ${verb} again when it has been trained to its end.`;
      expect((await dalle(encode)).stderr.replaceAll(folder, "…")).toBe(`${told("encode")}\n`);
      const transformer = [
        ...["train", "transformer", "tiny-transformer", "--data", codes],
        ...["--dvae", run("half"), "--tokenizer", run("words"), "-o", run("drawn")],
        ...set({ "model.layers": 2, "model.width": 16, "model.headSize": 8, steps: 1, batch: 2 }),
      ];
      const trained = await dalle(transformer);
      expect(trained.exitCode).toBe(0);
      expect(trained.stderr.replaceAll(folder, "…").split("\n")).toContain(told("train"));
      const runs = [run("words"), run("half"), run("drawn")];
      const { exitCode, stderr } = await dalle(["export", ...runs, "-o", join(folder, "early")]);
      expect(exitCode).toBe(0);
      expect(stderr.replaceAll(folder, "…").split("\n")).toContain(told("export"));
      expect(stderr).not.toContain(`${run("drawn")} is at step`);
    });

    test("or used before its codes are made is refused", async () => {
      // Its last checkpoint is of the last step without codes.
      const argv = dvaeArgv(run("codeless"), { autoencoderShare: 0.34 });
      await dalle(argv, { interrupt: true });
      const unused = join(folder, "unused");
      for (const command of [
        ["data", "encode", photos, "--dvae", run("codeless"), "-o", unused],
        [
          ...["train", "transformer", "tiny-transformer", "--dvae", run("codeless")],
          ...["--tokenizer", run("words"), "-o", unused],
        ],
        ["export", run("words"), run("codeless"), run("drawn"), "-o", unused],
      ]) {
        const { exitCode, stderr } = await dalle(command);
        expect({ exitCode, stderr: told(stderr) }).toEqual({
          exitCode: 1,
          stderr:
            "…/runs/codeless is at step 2 of 6, and has no codes until step 3; go on with the same `dalle train dvae` command first.",
        });
      }
      expect(await filesIn(folder)).not.toContain("unused");
      await dalleJson(argv);
      await dalleJson(["data", "encode", photos, "--dvae", run("codeless"), "-o", unused]);
    });

    test("leaves out layers that it is told to, where the others keep their masks", async () => {
      const runs = [run("words"), run("half"), run("drawn")];
      const without = (layers: string) => [
        ...["export", ...runs, "-o", join(folder, "shallow"), "--without-layers", layers],
      ];
      const { config } = await dalleJson(without("1"));
      expect(config).toMatchObject({ transformer: { layers: 1 } });
      const refusal = async (layers: string) => {
        const { exitCode, stderr } = await dalle(without(layers));
        return { exitCode, stderr: told(stderr) };
      };
      expect(await refusal("2")).toEqual({
        exitCode: 2,
        stderr:
          "--without-layers: expected layers without which each other one keeps its mask, such as 4 in a row of them before the last, got [2]; see `dalle export --help`.",
      });
      const nameless = await dalle([...without("1"), "--name", " "]);
      expect([nameless.exitCode, told(nameless.stderr)]).toEqual([
        2,
        '--name: expected some text, got " "; see `dalle export --help`.',
      ]);
      for (const layers of ["8-5", "one", "1,,2", ""]) {
        expect(await refusal(layers)).toEqual({
          exitCode: 2,
          stderr: `--without-layers: expected numbers of layers and ranges, such as 2,5-8, got "${layers}"; see \`dalle export --help\`.`,
        });
      }
    });
  });
});
