/** @file A model folder that appears whole or not at all. */
import { rmSync } from "node:fs";
import { mkdtemp, readdir, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { DalleError, makeFolder } from "@dalle-ts/tensor";
import type { ModelConfig } from "dalle-ts";
import { stopSignals } from "./terminal.js";

/**
 * Builds beside `output`, or inside it where it is a disk of its own, and moves the files over one by one, config.json last, so
 * that a failure or an interrupt leaves the old model. Only a process that ends between two moves leaves files of both models; their hashes then tell, and the same command
 * puts it right. Files that the old model had and the new one has not are removed; others, such as a README, stay. Throws
 * `bad_option` where a folder that is no model holds a file of a name that a model's has.
 */
export async function intoFolder(
  output: string,
  build: (folder: string) => Promise<ModelConfig>,
): Promise<ModelConfig> {
  await refuseOthersFiles(output);
  // A link stays, and leads to the model.
  const target = await realpath(output).catch(() => resolve(output));
  makeFolder(dirname(target));
  const unfinished = join(await workplaceOf(target), `.${basename(target)}.unfinished-`);
  await removeLeft(unfinished);
  const folder = await mkdtemp(unfinished); // which adds six letters; nobody else gives anything such a name
  using _ = removedAtInterrupt(folder);
  try {
    const config = await build(folder);
    makeFolder(target);
    const before = await filesOfModel(target);
    const files = (await readdir(folder)).filter((file) => file !== "config.json");
    for (const file of [...files, "config.json"])
      await rename(join(folder, file), join(target, file));
    for (const file of before ?? []) {
      if (!(file in config.files)) await rm(join(target, file), { force: true });
    }
    return config;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Files that other things than models have, too: a project, or the run folder of a tokenizer. */
const commonNames = ["config.json", "tokenizer.json", "self-test.json", "loss.svg"];

/** Throws where something else than a model is there and would lose a file to it. */
export async function refuseOthersFiles(output: string): Promise<void> {
  const files = await filesOfModel(output);
  if (files && files.length > 0) return;
  const present = await readdir(output).catch((): string[] => []);
  const found = commonNames.find((name) => present.includes(name));
  if (found === undefined) return;
  // Graphs are of a model whose config.json is damaged, or was not there yet when a process ended.
  const hasGraphs = present.some((name) => name.endsWith(".onnx"));
  if (hasGraphs && !files) return;
  throw new DalleError(
    "bad_option",
    `${output} is no model folder and has a ${found} of its own, which a model's would replace; choose another folder with -o.`,
  );
}

/** Files move within one file system only, and a mounted folder is one. */
async function workplaceOf(target: string): Promise<string> {
  const around = dirname(target);
  const there = await stat(target).catch(() => undefined);
  return there === undefined || there.dev === (await stat(around)).dev ? around : target;
}

/** What a process that was killed left of a model on its way here. unfinished: what the paths of such folders begin with. */
async function removeLeft(unfinished: string): Promise<void> {
  for (const name of await readdir(dirname(unfinished))) {
    if (!name.startsWith(basename(unfinished))) continue;
    const folder = join(dirname(unfinished), name);
    const age = Date.now() - ((await stat(folder).catch(() => undefined))?.mtimeMs ?? Date.now());
    if (age > DAY) await rm(folder, { recursive: true, force: true });
  }
}

/** Longer than any export or import takes: a younger folder may be another process's. */
const DAY = 24 * 3600 * 1000;

/** The first interrupt removes the folder, and ends the process as it would have done. */
function removedAtInterrupt(folder: string): Disposable {
  const release = () => {
    for (const signal of stopSignals) process.removeListener(signal, interrupted);
  };
  const interrupted = (signal: NodeJS.Signals) => {
    release();
    rmSync(folder, { recursive: true, force: true });
    process.kill(process.pid, signal);
  };
  for (const signal of stopSignals) process.once(signal, interrupted);
  return { [Symbol.dispose]: release };
}

/**
 * Names that the config.json there lists, none if it is no model's; undefined where there is none, or a damaged one. A name that
 * leads elsewhere is not its own.
 */
async function filesOfModel(folder: string): Promise<string[] | undefined> {
  try {
    const config = JSON.parse(await readFile(join(folder, "config.json"), "utf8"));
    const names = Object.keys(config?.files ?? {});
    return names.filter((name) => basename(name) === name && name !== "config.json");
  } catch {
    return undefined;
  }
}
