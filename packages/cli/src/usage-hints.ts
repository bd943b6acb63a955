/** @file Errors in the terms of the command line that was typed: options by their names there, and what was likely meant. */
import { DalleError } from "@dalle-ts/tensor";
import { type Command, CommanderError } from "commander";

/** "dalle train dvae" */
export function nameOf(command: Command): string {
  return command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();
}

/** The error with a message that says more to whoever typed `command`; bugs and the system's errors as they are. */
export function inTermsOf(command: Command, error: unknown): unknown {
  if (error instanceof DalleError) {
    return new DalleError(error.code, withOptionName(command, error.message), { cause: error });
  }
  if (!(error instanceof CommanderError)) return error;
  const { exitCode, code, message } = error;
  return new CommanderError(exitCode, code, message.replace(/\.$/, "") + hint(command, error));
}

/** "topK: expected …" → "--top-k: expected …" */
function withOptionName(command: Command, message: string): string {
  return message.replace(/^(\w+)(?=: )/, (name) => {
    const option = command.options.find((each) => each.attributeName() === name);
    return option?.long ?? name;
  });
}

function hint(command: Command, { code, message }: CommanderError): string {
  if (code === "commander.excessArguments") return quotesHint(command);
  return code === "commander.unknownCommand" ? beginningHint(command, message) : "";
}

/** For a caption without its quotes, which comes in several words. */
function quotesHint(command: Command): string {
  const { args, registeredArguments: expected } = command;
  const [surplus] = args.slice(expected.length);
  // Whoever typed a space knows of quotes.
  if (args.some((word) => /\s/.test(word))) return `; no option before ${surplus} takes it`;
  const captions = /^(caption|prefix)$/;
  if (captions.test(expected.at(-1)?.name() ?? "")) {
    const others = args.slice(0, expected.length - 1);
    const words = args.slice(expected.length - 1).join(" ");
    const typed = [nameOf(command), ...others, JSON.stringify(words)].join(" ");
    return `; put the caption in quotes: ${typed}`;
  }
  const { caption } = command.opts<{ caption?: string }>();
  return caption === undefined ? "" : `; put the caption in quotes: --caption "${caption} …"`;
}

/** For a command of which only the beginning was typed; for those that are nearly right there is a suggestion already. */
function beginningHint(command: Command, message: string): string {
  const [, typed] = /'(.*)'/.exec(message) ?? [];
  const meant = command.commands.find((each) => typed && each.name().startsWith(typed));
  return meant && !message.includes("Did you mean") ? ` (Did you mean ${meant.name()}?)` : "";
}
