/** @file A model folder that appears whole or not at all. */
import { rmSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { ModelConfig } from "dalle-ts";
import { stopSignals } from "./terminal.js";

/**
 * Builds beside `output` and moves the files over one by one, config.json last, so that a failure or an interrupt leaves the old
 * model. Only a process that ends between two moves leaves files of both models; their hashes then tell, and the same command
 * puts it right. Files that the old model had and the new one has not are removed; others, such as a README, stay.
 */
export async function intoFolder(
  output: string,
  build: (folder: string) => Promise<ModelConfig>,
): Promise<ModelConfig> {
  const target = resolve(output);
  await mkdir(dirname(target), { recursive: true });
  const folder = await mkdtemp(join(dirname(target), `.${basename(target)}-`));
  using _ = removedAtInterrupt(folder);
  try {
    const config = await build(folder);
    await mkdir(target, { recursive: true });
    const before = await filesOfModel(target);
    const files = (await readdir(folder)).filter((file) => file !== "config.json");
    for (const file of [...files, "config.json"])
      await rename(join(folder, file), join(target, file));
    for (const file of before) {
      if (!(file in config.files)) await rm(join(target, file), { force: true });
    }
    return config;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

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

/** Names that the config.json there lists; none where there is no model. A name that leads elsewhere is not its own. */
async function filesOfModel(folder: string): Promise<string[]> {
  try {
    const { files } = JSON.parse(await readFile(join(folder, "config.json"), "utf8"));
    return Object.keys(files).filter((name) => basename(name) === name && name !== "config.json");
  } catch {
    return [];
  }
}
