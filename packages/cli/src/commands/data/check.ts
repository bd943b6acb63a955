/** @file `dalle data check`: what is in a source, and what is wrong with it. */
import type { Survey } from "@dalle-ts/data";
import { type Command, Option } from "commander";
import { integer } from "../../options.js";
import { checkPicturePath } from "../../output-files.js";
import {
  addSourceOptions,
  openPictures,
  type SourceOptions,
  sourceArgument,
} from "../../source-options.js";
import { writeSourceSheet } from "../../source-sheet.js";
import type { CommandResult, Terminal } from "../../terminal.js";
import { counted, table } from "../../text.js";

interface Options extends SourceOptions {
  readonly sheet?: string;
  readonly list: number;
}

const example = `
Examples:
  $ dalle data check photos                        photos/cat.jpg beside photos/cat.txt
  $ dalle data check photos --captions names       the files' names are the captions
  $ dalle data check list.csv --images photos --sheet sheet.png
  $ dalle data check shards                        00000.tar, 00001.tar … (img2dataset)`;

export function addCheck(data: Command, terminal: Terminal): void {
  const command = data
    .command("check")
    .description(
      "Read every picture and caption once: counts, sizes, repeats, and what is unreadable.",
    )
    .argument("<source>", sourceArgument)
    .option("--sheet <path>", "PNG file: pictures from all over the source with their captions")
    .addOption(
      new Option("--list <integer>", "problems listed at most")
        .default(100)
        .argParser(integer("--list", 0, 1_000_000)),
    );
  addSourceOptions(command)
    .addHelpText("after", example)
    .action(
      terminal.action((path: string, options: Options) => checkSource(path, options, terminal)),
    );
}

async function checkSource(
  path: string,
  options: Options,
  terminal: Terminal,
): Promise<CommandResult> {
  if (options.sheet !== undefined) await checkPicturePath("--sheet", options.sheet);
  const { surveySource } = await import("@dalle-ts/data");
  await using source = await openPictures(path, options, terminal);
  const survey = await terminal.interruptible(async (signal) => {
    using progress = terminal.progress({ label: "checking", unit: "pictures" });
    return await surveySource(source, {
      most: options.list,
      signal,
      onProgress: (done, total) => progress.update(done, total),
    });
  });
  // What was found in hours is told, whatever becomes of the sheet.
  const hasSheet =
    survey.pairs === 0 || options.sheet === undefined
      ? true
      : await writeSourceSheet(options.sheet, source).catch((error: Error) => {
          terminal.note(`The sheet could not be drawn: ${error.message}`);
          return false;
        });
  const none = `No picture of ${path} can be read; look at the reasons above, and save the pictures again.`;
  return {
    text: [...surveyLines(survey), ...(survey.pairs === 0 ? [none] : [])],
    json: survey,
    exitCode: survey.pairs > 0 && hasSheet ? 0 : 1,
  };
}

function surveyLines({ problems, ...survey }: Survey): string[] {
  const { short, boilerplate, aspect } = survey.filtered;
  const spread = ({ smallest, median, largest }: Survey["width"]) =>
    [smallest, median, largest].map(String);
  const formats = Object.entries(survey.formats).map(([name, count]) => `${count} ${name}`);
  const counts = [
    counted(survey.pairs, "picture with a caption", "pictures with captions"),
    ...(survey.captions > survey.pairs ? [`${survey.captions} captions`] : []),
    ...formats,
  ];
  const found = [`${survey.source} (${survey.kind}): ${counts.join(", ")}`];
  // Where there are no pictures, there is nothing to say of them.
  const measured = [
    ...table([
      ["", "smallest", "median", "largest"],
      ["width", ...spread(survey.width)],
      ["height", ...spread(survey.height)],
      ["words of a caption", ...spread(survey.caption.words)],
      ["characters of a caption", ...spread(survey.caption.characters)],
    ]),
    `repeated pictures: ${survey.repeatedPictures.count}, repeated captions: ${survey.repeatedCaptions}`,
    ...survey.repeatedPictures.keys.map((keys) => `  the same picture: ${keys.join(", ")}`),
    `the paper's filters would leave out: ${short} short captions, ${boilerplate} boilerplate captions, ${aspect} extreme aspect ratios`,
  ];
  const lines = [
    ...found,
    ...(survey.pairs > 0 ? measured : []),
    `unreadable or without a partner: ${problems.count}`,
    ...problems.list.map(({ file, reason }) => `  ${file} ${reason}`),
  ];
  const unlisted = problems.count - problems.list.length;
  return unlisted > 0 ? [...lines, `  and ${unlisted} more (--list ${problems.count})`] : lines;
}
