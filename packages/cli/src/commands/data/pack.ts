/** @file `dalle data pack`: any source as WebDataset shards of square pictures. */
import { type Command, Option } from "commander";
import { integer } from "../../options.js";
import {
  addCutOptions,
  addSourceOptions,
  type CutOptions,
  convert,
  filtersOf,
  openPictures,
  type SourceOptions,
  sourceArgument,
} from "../../source-options.js";
import type { CommandResult, Terminal } from "../../terminal.js";
import { counted } from "../../text.js";

interface Options extends SourceOptions, CutOptions {
  readonly output: string;
  readonly size: number;
  readonly shardSize: number;
}

const example = `
Example:
  $ dalle data pack photos -o packed --size 128 --filter short,aspect
The same command goes on after the last whole shard.`;

export function addPack(data: Command, terminal: Terminal): void {
  const command = data
    .command("pack")
    .description("Turn captioned pictures into WebDataset shards of square pictures.")
    .argument("<source>", sourceArgument)
    .requiredOption("-o, --output <folder>", "folder to write shards into")
    .addOption(
      new Option("--size <pixels>", "side of the pictures")
        .default(128)
        .argParser(integer("--size", 8, 1024)),
    )
    .addOption(
      new Option("--shard-size <integer>", "pictures in a shard")
        .default(1000)
        .argParser(integer("--shard-size", 1, 100_000)),
    );
  addSourceOptions(addCutOptions(command))
    .addHelpText("after", example)
    .action(
      terminal.action((path: string, options: Options) => packPictures(path, options, terminal)),
    );
}

async function packPictures(
  path: string,
  options: Options,
  terminal: Terminal,
): Promise<CommandResult> {
  const filters = await filtersOf(options.filter);
  const { packSource } = await import("@dalle-ts/data");
  await using source = await openPictures(path, options, terminal);
  const { output, size, shardSize, cut, seed } = options;
  const { shards, samples, skipped, wasComplete } = await convert(terminal, "packing", (reports) =>
    packSource(source, output, { size, shardSize, cut, seed, filters, ...reports }),
  );
  if (wasComplete) terminal.note(`${output} is complete; delete it to pack again.`);
  const unpaired = source.problemCount;
  return {
    text: [
      output,
      `${counted(samples, "picture")} in ${counted(shards.length, "shard")}; ${skipped} skipped, ${unpaired} without a partner`,
    ],
    json: { output, samples, skipped, unpaired, shards },
    exitCode: samples === 0 ? 1 : 0,
  };
}
