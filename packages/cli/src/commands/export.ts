/** @file `dalle export`: run folders of the three parts become a model folder that `dalle generate` loads. */
import { basename } from "node:path";
import type { WeightFormat } from "@dalle-ts/tensor";
import type { Command } from "commander";
import { exportRuns } from "../export-runs.js";
import { findParts, type PartFolders } from "../run-parts.js";
import { addSamplingOptions, type SamplingOptions, samplingOf } from "../sampling-options.js";
import type { CommandResult, Terminal } from "../terminal.js";
import { weightFormatOption } from "../weight-format-option.js";

interface Options extends Partial<PartFolders>, SamplingOptions {
  readonly output: string;
  readonly dtype: WeightFormat;
  readonly name?: string;
}

const example = `
Example:
  $ dalle export runs/world-tokenizer runs/world-64-dvae runs/world-64-transformer -o models/mine
Sampling options become the model's own: what it is drawn with when a request does not say.`;

export function addExport(program: Command, terminal: Terminal): void {
  const command = program
    .command("export")
    .description(
      "Make a model folder from the run folders of tokenizer, dVAE, transformer and, to rerank, CLIP.",
    )
    .argument("[runs...]", "the run folders of the parts, in any order")
    .requiredOption("-o, --output <folder>", "model folder to write")
    .option("--tokenizer <folder>", "run folder of the tokenizer")
    .option("--dvae <folder>", "run folder of the dVAE")
    .option("--transformer <folder>", "run folder of the transformer")
    .option("--clip <folder>", "run folder of the CLIP, or model folder")
    .addOption(weightFormatOption("f32"))
    .option("--name <name>", "name of the model (default: the folder's)");
  addSamplingOptions(command)
    .addHelpText("after", example)
    .action(terminal.action(exportModelFolder));
}

async function exportModelFolder(
  runs: readonly string[],
  { output, dtype, name = basename(output), ...options }: Options,
): Promise<CommandResult> {
  const folders = await findParts(runs, options);
  const sampling = samplingOf(options);
  const config = await exportRuns(folders, output, { name, dtype, sampling });
  const bytes = Object.values(config.files).reduce((sum, file) => sum + file.bytes, 0);
  return {
    text: [output, `${(bytes / 1e6).toFixed(1)} MB in ${Object.keys(config.files).length} files`],
    json: { directory: output, config },
  };
}
