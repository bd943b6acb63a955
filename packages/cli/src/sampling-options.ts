/** @file The options that say how codes are drawn, the same for every command that draws. */
import { type Command, Option } from "commander";
import type { SamplingOptions } from "dalle-ts";
import { integer, number } from "./options.js";

export type { SamplingOptions };

/** Without one of them the model's own applies; none is repeated here. */
export function addSamplingOptions(command: Command): Command {
  const add = (flags: string, description: string, parse: (text: string) => number) =>
    command.addOption(new Option(flags, description).argParser(parse));
  add(
    "--temperature <number>",
    "softmax temperature: lower is safer, 0 takes the most likely code (default: the model's)",
    number("--temperature", "a number >= 0", (value) => value >= 0),
  );
  add(
    "--top-k <integer>",
    "draw from the k most likely codes only",
    integer("--top-k", 1, 1_000_000),
  );
  add(
    "--top-p <number>",
    "draw from the fewest codes that reach this probability",
    number("--top-p", "a number in (0, 1]", (value) => value > 0 && value <= 1),
  );
  add(
    "--guidance <number>",
    "follow the caption more closely than plain sampling, which is 1 (default: the model's)",
    number("--guidance", "a number >= 0", (value) => value >= 0),
  );
  return command;
}

/** The sampling options among all options of a command. */
export function samplingOf({ temperature, topK, topP, guidance }: SamplingOptions) {
  return { temperature, topK, topP, guidance };
}
