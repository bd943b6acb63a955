/** @file `dalle data build world`: the painted world as WebDataset shards. */
import type { FamilyName } from "@dalle-ts/data";
import { type Command, Option } from "commander";
import { integer, words } from "../../options.js";
import type { CommandResult, Terminal } from "../../terminal.js";
import { counted } from "../../text.js";

interface Options {
  readonly output: string;
  readonly count: number;
  readonly size: number;
  readonly shardSize: number;
  readonly seed: number;
  readonly split: "train" | "held-out";
  readonly families?: string;
  readonly workers?: number;
}

const example = `
Example:
  $ dalle data build world --size 128 --count 200000 -o ./world
The same command goes on where it was stopped; the same seed gives the same bytes.`;

export function addBuild(data: Command, terminal: Terminal): void {
  const option = (flags: string, description: string, low: number, high: number, value?: number) =>
    new Option(flags, description)
      .default(value)
      .argParser(integer(flags.split(" ")[0]!, low, high));
  data
    .command("build")
    .description("Make a set of captioned pictures.")
    .command("world")
    .description("Paint the world into WebDataset shards, on all cores.")
    .requiredOption("-o, --output <folder>", "folder to write shards into")
    .addOption(option("--count <integer>", "pictures", 1, 100_000_000, 10_000))
    .addOption(option("--size <pixels>", "side of the pictures", 8, 2048, 128))
    .addOption(option("--shard-size <integer>", "pictures in a shard", 1, 100_000, 1000))
    .addOption(option("--seed <integer>", "of the stream", 0, Number.MAX_SAFE_INTEGER, 1))
    .addOption(option("--workers <integer>", "threads (default: one for each core)", 1, 1024))
    .addOption(
      new Option("--split <name>", "which compositions")
        .default("train")
        .choices(["train", "held-out"]),
    )
    .option("--families <names>", "families of scenes, such as blocks,objects (default: all)")
    .addHelpText("after", example)
    .action(terminal.action((options: Options) => build(options, terminal)));
}

async function build(options: Options, terminal: Terminal): Promise<CommandResult> {
  const { buildWorld, familyNames } = await import("@dalle-ts/data");
  const families: readonly FamilyName[] =
    options.families === undefined
      ? familyNames
      : words("--families", familyNames, options.families);
  const { output, families: _, ...settings } = options;
  const shards = await terminal.interruptible(async (signal) => {
    using progress = terminal.progress({ label: "painting", unit: "pictures" });
    return await buildWorld(output, {
      ...settings,
      families,
      signal,
      onProgress: (done, total) => progress.update(done, total),
    });
  });
  return {
    text: [output, `${counted(settings.count, "picture")} in ${counted(shards.length, "shard")}`],
    json: { output, count: settings.count, shards },
  };
}
