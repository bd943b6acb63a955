/** @file `dalle data encode`: any source as codes of a trained dVAE, ready for `dalle train transformer --data`. */
import { type Command, Option } from "commander";
import { integer, usageError } from "../../options.js";
import {
  addCutOptions,
  addSourceOptions,
  type CutOptions,
  convert,
  filtersOf,
  noteLeftOut,
  openPictures,
  type SourceOptions,
  sourceArgument,
} from "../../source-options.js";
import type { CommandResult, Terminal } from "../../terminal.js";
import { counted } from "../../text.js";

interface Options extends SourceOptions, CutOptions {
  readonly output: string;
  readonly dvae: string;
  readonly device?: string;
  readonly shardSize: number;
}

const example = `
Example:
  $ dalle data encode photos --dvae runs/my-dvae --cut transformer -o codes
The same command goes on after the last whole shard.`;

export function addEncode(data: Command, terminal: Terminal): void {
  const command = data
    .command("encode")
    .description("Turn captioned pictures into codes, so that training never runs the dVAE.")
    .argument("<source>", sourceArgument)
    .requiredOption("-o, --output <folder>", "folder to write code shards into")
    .requiredOption("--dvae <folder>", "run folder of a dVAE, or a model folder")
    .option("--device <device>", "of a run: cpu, cuda or cuda:1 (default: cpu)")
    .addOption(
      new Option("--shard-size <integer>", "pictures in a shard")
        .default(10_000)
        .argParser(integer("--shard-size", 1, 1_000_000)),
    );
  addSourceOptions(addCutOptions(command))
    .addHelpText("after", example)
    .action(
      terminal.action((path: string, options: Options) => encodePictures(path, options, terminal)),
    );
}

async function encodePictures(
  path: string,
  options: Options,
  terminal: Terminal,
): Promise<CommandResult> {
  await checkDevice(options);
  const filters = await filtersOf(options.filter);
  const { encodeSource } = await import("@dalle-ts/data");
  const { openPictureEncoder, stepsOf, unfinishedNote } = await import("@dalle-ts/train");
  await using encoder = await openPictureEncoder(options.dvae, options.device);
  await using source = await openPictures(path, options, terminal);
  noteLeftOut(source, terminal);
  const unfinished = unfinishedNote(options.dvae, await stepsOf(options.dvae), "encode");
  if (unfinished !== undefined) terminal.note(unfinished);
  const { output, shardSize, cut, seed } = options;
  const { parts, samples, skipped, wasComplete } = await convert(terminal, "encoding", (reports) =>
    encodeSource(source, encoder, output, { shardSize, cut, seed, filters, ...reports }),
  );
  if (wasComplete) terminal.note(`${output} is complete; delete it to encode again.`);
  if (skipped > 0 && samples > 0) {
    terminal.note(
      `A transformer taught these codes holds out other pictures than a dVAE or CLIP taught ${path} itself, for some were skipped; to have them alike, \`dalle data pack\` it first and use the shards for all three.`,
    );
  }
  const { sha256, gridSide, codes } = encoder;
  return {
    text: [
      output,
      `${counted(samples, "picture")} as ${gridSide} × ${gridSide} of ${codes} codes, ${skipped} skipped; dVAE ${sha256.slice(0, 12)}`,
    ],
    json: {
      output,
      samples,
      skipped,
      unpaired: source.problemCount,
      dvae: { sha256, gridSide, codes },
      shards: parts,
    },
    exitCode: samples === 0 ? 1 : 0,
  };
}

/** A model folder runs on ONNX Runtime, which has no device to choose. */
async function checkDevice({ device, dvae }: Options): Promise<void> {
  if (device === undefined) return;
  const { isModelFolder } = await import("@dalle-ts/train");
  if (await isModelFolder(dvae))
    throw usageError("--device", "a run folder as --dvae beside it", device);
}
