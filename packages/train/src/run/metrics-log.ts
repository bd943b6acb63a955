/** @file The metrics of a run: one JSON object a line, in `metrics.jsonl` of the run folder. */
import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { DalleError, writeFileAtomic } from "@dalle-ts/tensor";
import { readIfThere } from "../read-if-there.js";

export type MetricsRow = { readonly step: number } & Record<string, number>;

const fileName = "metrics.jsonl";

/** Without the numbers that are not finite: JSON has none, and `null` is not a number. */
export function finiteRow(row: MetricsRow): MetricsRow {
  return Object.fromEntries(
    Object.entries(row).filter(([, value]) => Number.isFinite(value)),
  ) as MetricsRow;
}

export async function appendMetrics(directory: string, row: MetricsRow): Promise<void> {
  const path = join(directory, fileName);
  try {
    await appendFile(path, `${JSON.stringify(row)}\n`);
  } catch (cause) {
    throw new DalleError(
      "io",
      `Cannot write ${path}: ${(cause as Error).message}; check the folder's permissions and free space, then go on by the same command.`,
      { cause },
    );
  }
}

/** The rows so far; a last line that was cut off in a crash is left out. */
export async function readMetrics(directory: string): Promise<MetricsRow[]> {
  const text = (await readIfThere(join(directory, fileName))) ?? "";
  return text.split("\n").flatMap((line) => {
    try {
      return [JSON.parse(line) as MetricsRow];
    } catch {
      return [];
    }
  });
}

/** Drops what was logged after the checkpoint that a run resumes from; the rows that stay. */
export async function rewindMetrics(directory: string, step: number): Promise<MetricsRow[]> {
  const rows = (await readMetrics(directory)).filter((row) => row.step <= step);
  const text = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  await writeFileAtomic(join(directory, fileName), text);
  return rows;
}
