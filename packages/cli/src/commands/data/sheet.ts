/** @file `dalle data sheet`: pictures with their captions on one sheet, of the painted world or of a source. */
import { type Command, Option } from "commander";
import { integer, usageError, words } from "../../options.js";
import { checkPicturePath } from "../../output-files.js";
import { addSourceOptions, openPictures, type SourceOptions } from "../../source-options.js";
import { SHEET_PICTURES, writeSheet, writeSourceSheet } from "../../source-sheet.js";
import type { CommandResult, Terminal } from "../../terminal.js";

interface Options extends SourceOptions {
  readonly output: string;
  readonly count: number;
  readonly seed?: number;
  readonly families?: string;
  readonly split?: "train" | "held-out";
}

const example = `
Examples:
  $ dalle data sheet world -o world.png --families blocks
  $ dalle data sheet photos -o photos.png
A folder with the name world is ./world.`;

export function addSheet(data: Command, terminal: Terminal): void {
  const command = data
    .command("sheet")
    .description("Draw pictures and captions on one sheet.")
    .argument("<source>", '"world" for the painted world, or captioned pictures as in `data check`')
    .requiredOption("-o, --output <path>", "PNG file to write")
    .addOption(
      new Option("--count <integer>", "pictures")
        .default(SHEET_PICTURES)
        .argParser(integer("--count", 1, 1000)),
    )
    .addOption(
      new Option("--seed <integer>", "of the world (default: 1)").argParser(
        integer("--seed", 0, Number.MAX_SAFE_INTEGER),
      ),
    )
    .addOption(
      new Option("--split <name>", "of the world (default: train)").choices(["train", "held-out"]),
    )
    .option("--families <names>", "of the world, such as blocks,objects (default: all)");
  addSourceOptions(command)
    .addHelpText("after", example)
    .action(
      terminal.action((source: string, options: Options) => sheet(source, options, terminal)),
    );
}

async function sheet(path: string, options: Options, terminal: Terminal): Promise<CommandResult> {
  const { output, count, seed = 1, split } = options;
  refuseOthers(path, options);
  await checkPicturePath("--output", output);
  const { familyNames, worldCells } = await import("@dalle-ts/data");
  if (path !== "world") {
    await using source = await openPictures(path, options, terminal);
    const pictures = await writeSourceSheet(output, source, count);
    return { text: [output], json: { files: [output], pictures } };
  }
  const families =
    options.families === undefined ? undefined : words("--families", familyNames, options.families);
  await writeSheet(output, worldCells(seed, count, { split, families }));
  return { text: [output], json: { files: [output], pictures: count } };
}

const ofWorld = { "--seed": "seed", "--split": "split", "--families": "families" } as const;
const ofSources = {
  "--captions": "captions",
  "--file-column": "fileColumn",
  "--caption-column": "captionColumn",
  "--images": "images",
} as const;

/** Options of the world mean nothing for pictures of one's own, and theirs nothing for the world. */
function refuseOthers(path: string, options: Options): void {
  const [others, source] =
    path === "world" ? [ofSources, "pictures of your own"] : [ofWorld, "the world"];
  for (const [option, key] of Object.entries<keyof Options>(others)) {
    if (options[key] !== undefined) throw usageError(option, `${source} as the source`, path);
  }
}
