/** @file An evaluation report as a table. */
import type { EvaluationReport, Share } from "@dalle-ts/train";
import { table } from "./text.js";

const splitTitles = { train: "seen compositions", "held-out": "held-out compositions" } as const;

export function reportLines({ model, pictures, seed, splits }: EvaluationReport): string[] {
  const what = pictures === "generations" ? "best of 1" : "true pictures through the dVAE";
  const lines = [`${model.name} (${model.hash}), ${what}, seed ${seed}`];
  for (const { split, whole, families } of splits) {
    lines.push("", splitTitles[split]);
    const rows = families.flatMap(({ family, whole: ofFamily, attributes }) => [
      row(`  ${family}`, ofFamily),
      ...Object.entries(attributes).map(([name, share]) => row(`    ${name}`, share)),
    ]);
    lines.push(...table([row("  wholly right", whole), ...rows]));
  }
  return lines;
}

/** name, 182/200, 91.0 %, (86.2 – 94.2) */
function row(name: string, { right, count, share, low, high }: Share): string[] {
  if (count === 0) return [name, "0/0"];
  const percent = (part: number) => (100 * part).toFixed(1);
  return [name, `${right}/${count}`, `${percent(share)} %`, `(${percent(low)} – ${percent(high)})`];
}
