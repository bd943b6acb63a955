/** @file A model folder that appears whole or not at all. */
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { ModelConfig } from "dalle-ts";

/** Builds beside `output` and moves the files over one by one, config.json last, so that a failure leaves the old model. */
export async function intoFolder(
  output: string,
  build: (folder: string) => Promise<ModelConfig>,
): Promise<ModelConfig> {
  const target = resolve(output);
  await mkdir(dirname(target), { recursive: true });
  const folder = await mkdtemp(join(dirname(target), `.${basename(target)}-`));
  try {
    const config = await build(folder);
    await mkdir(target, { recursive: true });
    const files = (await readdir(folder)).filter((file) => file !== "config.json");
    for (const file of [...files, "config.json"])
      await rename(join(folder, file), join(target, file));
    return config;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
