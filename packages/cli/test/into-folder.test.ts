/** @file A model folder is replaced whole: nothing of the old model stays, nothing of a stopped one is left beside it. */
import { type ChildProcess, spawn } from "node:child_process";
import { lstat, mkdir, readFile, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { ModelConfig } from "dalle-ts";
import { expect, test } from "vitest";
import { intoFolder } from "../src/into-folder.js";
import { filesIn, temporaryFolder } from "./harness.js";

const folder = temporaryFolder();

/** Writes files and a config that lists them. */
async function writeModel(into: string, names: readonly string[]): Promise<ModelConfig> {
  for (const name of names) await writeFile(join(into, name), name);
  const config = { files: Object.fromEntries(names.map((name) => [name, {}])) };
  await writeFile(join(into, "config.json"), JSON.stringify(config));
  return config as unknown as ModelConfig;
}

test("files of the old model that the new one has not are removed, others stay", async () => {
  const model = join(folder, "model");
  await mkdir(model);
  await writeFile(join(folder, "outside"), "");
  await writeFile(join(model, "notes.txt"), "mine");
  await writeModel(model, ["a.onnx", "clip.onnx"]);
  const config = JSON.parse(await readFile(join(model, "config.json"), "utf8"));
  config.files["../outside"] = {};
  await writeFile(join(model, "config.json"), JSON.stringify(config));
  await intoFolder(model, (into) => writeModel(into, ["a.onnx", "b.onnx"]));
  expect(await filesIn(model)).toEqual(["a.onnx", "b.onnx", "config.json", "notes.txt"]);
  expect(await filesIn(folder)).toEqual(["model", "outside"]);
  expect(process.listenerCount("SIGINT")).toBe(0);
});

test("an interrupt leaves nothing, and ends the process as it does without", async () => {
  const beside = join(folder, "beside");
  await mkdir(beside);
  const module = new URL("../src/into-folder.ts", import.meta.url).href;
  const program = `const { intoFolder } = await import(${JSON.stringify(module)});
    const { writeFile } = await import("node:fs/promises");
    await intoFolder(${JSON.stringify(join(beside, "model"))}, async (folder) => {
      await writeFile(folder + "/weights", "x");
      setTimeout(() => {}, 60_000);
      console.log("writes");
      return new Promise(() => {});
    });`;
  const options = ["--conditions=@dalle-ts/source", "--import", "tsx", "--input-type=module"];
  const child: ChildProcess = spawn(process.execPath, [...options, "-e", program]);
  const said = text(child.stderr!);
  const ended = new Promise((resolve) => child.on("exit", (_, signal) => resolve(signal)));
  child.stdout!.once("data", () => child.kill("SIGINT"));
  expect([await ended, await said]).toEqual(["SIGINT", ""]);
  expect(await filesIn(beside)).toEqual([]);
});

test("a folder that is no model and has files of such names is left alone", async () => {
  for (const name of ["config.json", "tokenizer.json"]) {
    const project = join(folder, `project-${name}`);
    await mkdir(project);
    await writeFile(join(project, name), "mine");
    await expect(intoFolder(project, (into) => writeModel(into, ["a.onnx"]))).rejects.toThrow(
      `is no model folder and has a ${name} of its own, which a model's would replace; choose another folder with -o.`,
    );
    expect(await filesIn(project)).toEqual([name]);
  }
});

test("a link stays, and nothing is built beside it", async () => {
  const [elsewhere, here] = [join(folder, "elsewhere"), join(folder, "here")];
  await mkdir(join(elsewhere, "model"), { recursive: true });
  await mkdir(here);
  await symlink(join(elsewhere, "model"), join(here, "link"));
  let beside: string[] = [];
  await intoFolder(join(here, "link"), async (into) => {
    beside = await filesIn(here);
    return writeModel(into, ["a.onnx"]);
  });
  expect(beside).toEqual(["link"]);
  expect((await lstat(join(here, "link"))).isSymbolicLink()).toBe(true);
  expect(await filesIn(join(elsewhere, "model"))).toEqual(["a.onnx", "config.json"]);
});

test("a model whose config.json is damaged is put right", async () => {
  const model = join(folder, "damaged");
  await mkdir(model);
  await writeModel(model, ["a.onnx"]);
  await writeFile(join(model, "config.json"), '{"files":');
  await intoFolder(model, (into) => writeModel(into, ["a.onnx"]));
  expect(JSON.parse(await readFile(join(model, "config.json"), "utf8")).files).toEqual({
    "a.onnx": {},
  });
});

test("what a killed process left a day ago is removed, what may be at work is not", async () => {
  const place = join(folder, "place");
  const [old, young] = [
    join(place, ".model.unfinished-aaaaaa"),
    join(place, ".model.unfinished-bbbbbb"),
  ];
  await mkdir(old, { recursive: true });
  await mkdir(young);
  await mkdir(join(place, ".model-backup"));
  const yesterday = new Date(Date.now() - 25 * 3600 * 1000);
  for (const each of [old, join(place, ".model-backup")]) await utimes(each, yesterday, yesterday);
  await intoFolder(join(place, "model"), (into) => writeModel(into, ["a.onnx"]));
  expect(await filesIn(place)).toEqual([".model-backup", ".model.unfinished-bbbbbb", "model"]);
});
