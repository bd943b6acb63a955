/** @file Run folders of tests: made anew for each, removed after it, and compared file by file. */
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "dalle-run-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** What a finished run is made of, time and memory left out: a hash of each weight file, the state and the metrics. */
export async function fingerprint(runDirectory: string, checkpoint: string) {
  const hashes: Record<string, string> = {};
  for (const name of (await readdir(checkpoint)).sort()) {
    if (!name.endsWith(".safetensors")) continue;
    const bytes = await readFile(join(checkpoint, name));
    hashes[name] = createHash("sha256").update(bytes).digest("hex");
  }
  const timeless = (text: string) => ({ ...JSON.parse(text), seconds: 0, memory: 0 });
  const metrics = (await readFile(join(runDirectory, "metrics.jsonl"), "utf8"))
    .trimEnd()
    .split("\n");
  return {
    hashes,
    state: timeless(await readFile(join(checkpoint, "state.json"), "utf8")),
    metrics: metrics.map(timeless),
  };
}
