/** @file A folder such as a training run writes. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { examplePng } from "./server.js";

const row = (step: number) => `${JSON.stringify({ step, seconds: 6 * step, loss: 8 / step })}\n`;

/** folder: asked for when it is needed. */
export function trainingRun(folder: () => string) {
  return {
    /** Twenty steps and a sheet of samples. */
    async write(): Promise<void> {
      await mkdir(join(folder(), "samples"), { recursive: true });
      const rows = Array.from({ length: 20 }, (_, index) => row(index + 1));
      await writeFile(join(folder(), "metrics.jsonl"), rows.join(""));
      await writeFile(join(folder(), "samples", "step-00000020.png"), await examplePng());
    },
    append: (step: number) => writeFile(join(folder(), "metrics.jsonl"), row(step), { flag: "a" }),
  };
}
