/** @file The report page of an evaluation: measures what its pictures say beyond right and wrong, and writes one HTML file. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { EvaluationReport, JudgedPicture, StudyOptions } from "@dalle-ts/train";
import type { Dalle, ResolvedSampling } from "dalle-ts";
import { writeFiles } from "./output-files.js";

/** Pictures of each split that the page shows. */
const SHOWN = 32;

export interface Evaluated {
  readonly report: EvaluationReport;
  readonly sampling: ResolvedSampling;
  /** All that were judged. */
  readonly pictures: readonly JudgedPicture[];
}

/** folder: of the model, whose loss curve is shown if it has one. Returns the measures, for --json. */
export async function writeReport(
  path: string,
  dalle: Dalle,
  folder: string,
  { report, sampling, pictures }: Evaluated,
  options: Pick<StudyOptions, "signal" | "onProgress">,
): Promise<object> {
  const { reportPage, study } = await import("@dalle-ts/train");
  const found = await study(dalle, report, pictures, options);
  const page = await reportPage({
    config: dalle.config,
    sampling,
    report,
    study: found,
    pictures: report.splits.flatMap(({ split }) =>
      pictures.filter((picture) => picture.split === split).slice(0, SHOWN),
    ),
    lossCurve: await readFile(join(folder, "loss.svg"), "utf8").catch(() => undefined),
  });
  await writeFiles([{ path, bytes: Buffer.from(page) }]);
  if (!found.nearest) return found;
  const { made: _, ...nearest } = found.nearest;
  return { ...found, nearest };
}
