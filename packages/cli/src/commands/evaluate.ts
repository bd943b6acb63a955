/** @file `dalle eval`: how often a model paints what the caption says, judged from pixels or by retrieval. */
import type { FamilyName } from "@dalle-ts/data";
import { badOption } from "@dalle-ts/tensor";
import type { JudgedPicture } from "@dalle-ts/train";
import { type Command, Option } from "commander";
import { Bars } from "../bars.js";
import { writeReport } from "../evaluation-report.js";
import { EvaluationSheet } from "../evaluation-sheet.js";
import { reportLines } from "../evaluation-text.js";
import { integer, words } from "../options.js";
import { checkOutputPath, checkPicturePath } from "../output-files.js";
import { addSamplingOptions, type SamplingOptions, samplingOf } from "../sampling-options.js";
import type { CommandResult, Terminal } from "../terminal.js";

interface Options extends SamplingOptions {
  readonly count?: number;
  readonly seed?: number;
  readonly families?: string;
  readonly reconstructions?: boolean;
  readonly rerank?: number;
  readonly sheet?: string;
  readonly report?: string;
}

const example = `
Examples:
  $ dalle eval models/default --count 200
  $ dalle eval models/default --rerank 32           best of 1 and best of 32 by CLIP
  $ dalle eval models/default --reconstructions     what the dVAE alone loses
  $ dalle eval models/default --report report.html  all of it, as one page`;

export function addEvaluate(program: Command, terminal: Terminal): void {
  const command = program
    .command("eval")
    .description(
      "Judge how often pictures are what the caption says, for seen and held-out compositions.",
    )
    .argument("<model>", "model folder")
    .addOption(
      new Option("--count <integer>", "captions in each split (default: 200)").argParser(
        integer("--count", 1, 100_000),
      ),
    )
    .addOption(
      new Option("--seed <integer>", "of captions and pictures; not one of training").argParser(
        integer("--seed", 0, Number.MAX_SAFE_INTEGER),
      ),
    )
    .option(
      "--families <names>",
      "families of scenes, such as blocks,objects (default: all it was taught that can be judged)",
    )
    .addOption(
      new Option(
        "--rerank <integer>",
        "make this many pictures a caption, and judge CLIP's favourite beside the first",
      ).argParser(integer("--rerank", 2, 1000)),
    )
    .addOption(
      new Option(
        "--reconstructions",
        "judge true pictures passed through the dVAE instead, and say what they lose",
      ).conflicts(["rerank", "report", "temperature", "topK", "topP", "guidance", "guidanceEnd"]),
    )
    .option("--sheet <path>", "PNG file: the first pictures, green frames right, red ones wrong")
    .option(
      "--report <path>",
      "HTML file, one page of its own: scores, pictures, loss, CLIP, nearest training pictures",
    );
  addSamplingOptions(command)
    .addHelpText("after", example)
    .action(
      terminal.action((model: string, options: Options) => evaluateModel(model, options, terminal)),
    );
}

async function evaluateModel(
  model: string,
  options: Options,
  terminal: Terminal,
): Promise<CommandResult> {
  const families = options.families && (await familiesOf(options.families));
  if (options.report !== undefined && (options.count ?? 2) < 2) {
    throw badOption("--count", "at least 2 for a report, which measures spreads", options.count);
  }
  if (options.sheet !== undefined) await checkPicturePath("--sheet", options.sheet);
  if (options.report !== undefined) await checkOutputPath("--report", options.report, ".html");
  const { Dalle } = await import("dalle-ts");
  const { evaluate } = await import("@dalle-ts/train");
  await using dalle = await Dalle.load(model);
  const sheet = new EvaluationSheet();
  const pictures: JudgedPicture[] = [];
  const sampling = dalle.sampling(samplingOf(options));
  return await terminal.interruptible(async (signal) => {
    using bars = new Bars(terminal);
    let right = 0;
    const report = await evaluate(dalle, {
      ...sampling,
      count: options.count,
      seed: options.seed,
      families: families || undefined,
      rerank: options.rerank,
      pictures: options.reconstructions ? "reconstructions" : "generations",
      signal,
      onWarning: (warning) => terminal.note(warning),
      onPicture: (judged) => {
        if (judged.right) right++;
        sheet.add(judged);
        if (options.report !== undefined) pictures.push(judged);
      },
      onProgress: (done, total) =>
        bars
          .of("judging", "pictures")
          .update(done, total, `${Math.round((100 * right) / done)} % right`),
    });
    if (options.sheet !== undefined) await sheet.write(options.sheet);
    const found =
      options.report &&
      (await writeReport(
        options.report,
        dalle,
        model,
        { report, sampling, pictures },
        {
          signal,
          onProgress: (what, done, total) => bars.of(what, "pictures").update(done, total),
        },
      ));
    const files = [options.sheet, options.report].filter((path) => path !== undefined);
    return {
      text: [...files, ...reportLines(report)],
      json: { ...report, sampling, files, ...(found && { study: found }) },
    };
  });
}

async function familiesOf(text: string): Promise<FamilyName[]> {
  const { familyNames } = await import("@dalle-ts/data");
  return words("--families", familyNames, text);
}
