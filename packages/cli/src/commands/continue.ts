/** @file `dalle continue`: captions that go on from a beginning, as the model was taught captions. */
import { type Command, Option } from "commander";
import { integer } from "../options.js";
import { addTokenSamplingOptions, type SamplingOptions, samplingOf } from "../sampling-options.js";
import type { CommandResult, Terminal } from "../terminal.js";

interface Options extends SamplingOptions {
  readonly count: number;
  readonly seed?: number;
  readonly model?: string;
}

const example = `
Examples:
  $ dalle continue "a small red block" -n 4
  $ dalle continue "" --temperature 0.8
The text half of the transformer draws the rest. End the beginning with a whole word; "" begins anew.`;

export function addContinue(program: Command, terminal: Terminal): void {
  const command = program
    .command("continue")
    .description("Go on with a caption.")
    .argument("<prefix>", "how it begins")
    .addOption(
      new Option("-n, --count <integer>", "captions to make")
        .argParser(integer("--count", 1, 64))
        .default(1),
    )
    .addOption(
      new Option(
        "--seed <integer>",
        "caption i is drawn with seed + i (default: random)",
      ).argParser(integer("--seed", 0, Number.MAX_SAFE_INTEGER)),
    );
  addTokenSamplingOptions(command)
    .option("--model <folder>", "model folder (default: the model that ships with dalle-ts)")
    .addHelpText("after", example)
    .action(
      terminal.action((prefix: string, options: Options) =>
        terminal.interruptible((signal) => goOn(prefix, options, signal)),
      ),
    );
}

async function goOn(prefix: string, options: Options, signal: AbortSignal): Promise<CommandResult> {
  const { Dalle } = await import("dalle-ts");
  const { drawSeed } = await import("dalle-ts/parts");
  const { count, seed = drawSeed() } = options;
  await using dalle = await Dalle.load(options.model);
  const { guidance: _none, guidanceEnd: _neither, ...sampling } = samplingOf(options);
  const captions = await dalle.continueCaption(prefix, { ...sampling, count, seed, signal });
  const model = { name: dalle.config.name, hash: dalle.hash };
  return {
    text: [
      ...captions.map(({ caption, ended }) => (ended ? caption : `${caption} …`)),
      `seed ${seed}`,
    ],
    json: { prefix, captions, seed, model },
  };
}
