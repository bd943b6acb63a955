/** @file The options that say how codes are drawn, the same for every command that draws. */
import { type Command, Option } from "commander";
import type { SamplingOptions } from "dalle-ts";
import { integer, number } from "./options.js";

export type { SamplingOptions };

const partOfAll = (name: string) =>
  number(name, "a number in (0, 1]", (value) => value > 0 && value <= 1);

/** How tokens are drawn, of captions and of pictures. Where one is left out its default applies; none is repeated here. */
export function addTokenSamplingOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--temperature <number>",
        "softmax temperature: lower is safer, 0 takes the most likely (default: the model's, or 1)",
      ).argParser(number("--temperature", "a number >= 0", (value) => value >= 0)),
    )
    .addOption(
      new Option("--top-k <integer>", "draw from the k most likely only").argParser(
        integer("--top-k", 1, 1_000_000),
      ),
    )
    .addOption(
      new Option("--top-p <number>", "draw from the fewest that reach this probability").argParser(
        partOfAll("--top-p"),
      ),
    );
}

/** How the codes of pictures are drawn. */
export function addSamplingOptions(command: Command): Command {
  return addTokenSamplingOptions(command)
    .addOption(
      new Option(
        "--guidance <number>",
        "follow the caption more closely than plain sampling, which is 1 (default: the model's)",
      ).argParser(
        number("--guidance", "a number in [0, 1000]", (value) => value >= 0 && value <= 1000),
      ),
    )
    .addOption(
      new Option(
        "--guidance-end <share>",
        "guide this share of a picture's codes, from the first on: the rest is drawn faster (default: the model's, or 1)",
      ).argParser(partOfAll("--guidance-end")),
    );
}

/** The sampling options among all options of a command. */
export function samplingOf({
  temperature,
  topK,
  topP,
  guidance,
  guidanceEnd,
}: SamplingOptions): SamplingOptions {
  return { temperature, topK, topP, guidance, guidanceEnd };
}
