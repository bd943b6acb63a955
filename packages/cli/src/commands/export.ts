/** @file `dalle export`: run folders of the three parts become a model folder that `dalle generate` loads. */
import { basename, resolve } from "node:path";
import { DalleError, type WeightFormat } from "@dalle-ts/tensor";
import type { Command } from "commander";
import { exportRuns } from "../export-runs.js";
import { exportSampling } from "../export-sampling.js";
import { usageError } from "../options.js";
import { checkOutputFolder } from "../output-files.js";
import { findParts, type PartFolders } from "../run-parts.js";
import { addSamplingOptions, type SamplingOptions, samplingOf } from "../sampling-options.js";
import type { CommandResult, Terminal } from "../terminal.js";
import { counted } from "../text.js";
import { weightFormatOption } from "../weight-format-option.js";

interface Options extends Partial<PartFolders>, SamplingOptions {
  readonly output: string;
  readonly dtype: WeightFormat;
  readonly name?: string;
  readonly withoutLayers?: ReadonlySet<number>;
}

const example = `
Example:
  $ dalle export runs/world-tokenizer runs/world-64-dvae runs/world-64-transformer -o models/mine
Sampling options become the model's own: what it is drawn with when a request does not say. Those that are left out are as
the model in -o has them, or one that a part is taken from.`;

export function addExport(program: Command, terminal: Terminal): void {
  const command = program
    .command("export")
    .description(
      "Make a model folder from the run folders of tokenizer, dVAE, transformer and, to rerank, CLIP.",
    )
    .argument("[runs...]", "the run folders of the parts, in any order")
    .requiredOption("-o, --output <folder>", "model folder to write")
    .option("--tokenizer <folder>", "run folder of the tokenizer, or model folder")
    .option("--dvae <folder>", "run folder of the dVAE, or model folder")
    .option("--transformer <folder>", "run folder of the transformer, or model folder")
    .option("--clip <folder>", "run folder of the CLIP, or model folder")
    .addOption(weightFormatOption("f32", "exactly what was trained"))
    .option("--name <name>", "name of the model (default: the folder's)")
    .option(
      "--without-layers <layers>",
      "leave out layers of the transformer that add nothing, such as 5-8, counted from 1",
      layers,
    );
  addSamplingOptions(command)
    .addHelpText("after", example)
    .action(
      terminal.action((runs: readonly string[], options: Options) =>
        exportModelFolder(runs, options, terminal),
      ),
    );
}

/** "2,5-8" → 2, 5, 6, 7, 8 */
function layers(text: string): ReadonlySet<number> {
  const found = new Set<number>();
  for (const range of text.split(",")) {
    const [, first, last = first] = /^ *(\d{1,4}) *(?:- *(\d{1,4}) *)?$/.exec(range) ?? [];
    if (!(Number(first) <= Number(last))) {
      throw usageError("--without-layers", "numbers of layers and ranges, such as 2,5-8", text);
    }
    for (let layer = Number(first); layer <= Number(last); layer++) found.add(layer);
  }
  return found;
}

async function exportModelFolder(
  runs: readonly string[],
  { output, dtype, name = basename(resolve(output)), withoutLayers, ...options }: Options,
  terminal: Terminal,
): Promise<CommandResult> {
  const { latestCheckpoint, stepsOf, unfinishedNote } = await import("@dalle-ts/train");
  if (name.trim() === "") throw usageError("--name", "some text", name);
  await checkOutputFolder("-o", output);
  if (await latestCheckpoint(output)) {
    throw new DalleError(
      "bad_option",
      `${output} is a run folder; choose another folder for the model with -o.`,
    );
  }
  const folders = await findParts(runs, options);
  const { sampling, note } = await exportSampling(samplingOf(options), folders, output);
  const config = await exportRuns(folders, output, { name, dtype, sampling, withoutLayers });
  for (const folder of Object.values(folders)) {
    const steps = await stepsOf(folder);
    if (!steps) continue;
    const { done, best } = steps;
    if (best < done) {
      terminal.note(
        `${folder} did best on pictures held out at step ${best} of ${done}; the weights of then are exported.`,
      );
    }
    const unfinished = unfinishedNote(folder, steps, "export");
    if (unfinished !== undefined) terminal.note(unfinished);
  }
  if (note !== undefined) terminal.note(note);
  const files = Object.values(config.files);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return {
    text: [output, `${(bytes / 1e6).toFixed(1)} MB in ${counted(files.length, "file")}`],
    json: { directory: output, config },
  };
}
