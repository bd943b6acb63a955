/** @file What a process of its own takes: seconds from its start to its first picture, and its memory at the most. */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { TransformerConfig } from "@dalle-ts/models";
import type { WeightFormat } from "@dalle-ts/tensor";
import { exportTransformer } from "@dalle-ts/train";
import { randomParameters } from "./models.js";

const run = promisify(execFile);
const root = fileURLToPath(new URL("..", import.meta.url));

/** Of `dalle generate` on the bundled model, the best of three; the packages must be built. */
export async function timeColdStart(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "dalle-bench-"));
  const argv = ["packages/cli/bin/dalle.js", "generate", "a red cube", "-o", join(folder, "a.png")];
  try {
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 3; round++) {
      const started = performance.now();
      await run(process.execPath, argv, { cwd: root });
      best = Math.min(best, performance.now() - started);
    }
    return best / 1000;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Megabytes of a process that draws eight pictures together with the bundled model, as it recommends. */
export async function peakOfBundledModel(): Promise<number> {
  return peakOf(`
    const { Dalle } = await import("dalle-ts");
    const dalle = await Dalle.load();
    await dalle.generate("a red cube", { count: 8, batch: 8, seed: 1 });`);
}

/** Megabytes of a process that draws the codes of eight pictures together; random weights. */
export async function peakOfShape(
  config: TransformerConfig,
  format: WeightFormat,
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "dalle-bench-"));
  try {
    await exportTransformer(folder, config, randomParameters(config), format);
    return await peakOf(`
      const { SparseWalker, drawFromNothing, SeededRandom } = await import("dalle-ts/parts");
      const walker = await SparseWalker.open(${JSON.stringify(folder)}, ${JSON.stringify(config)});
      const randoms = Array.from({ length: 8 }, (_, seed) => new SeededRandom(seed));
      await drawFromNothing(walker, { tokens: [1, 2, 3], randoms });`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function peakOf(program: string): Promise<number> {
  const report = "console.log(process.resourceUsage().maxRSS);"; // kilobytes
  const argv = ["--input-type=module", "-e", `${program}\n${report}`];
  const { stdout } = await run(process.execPath, argv, { cwd: root });
  return (Number(stdout) * 1024) / 1e6;
}
