/** @file Runs one command line and returns its exit code; throws nothing and never ends the process. */
import type { Command } from "commander";
import { failureOf } from "./exit-code.js";
import { type Io, processIo } from "./io.js";
import { buildProgram } from "./program.js";
import { Terminal } from "./terminal.js";
import { inTermsOf, nameOf } from "./usage-hints.js";

/** `argv`: what follows the program's name, such as ["generate", "a red block", "-o", "out.png"]. */
export async function run(argv: readonly string[], io: Io = processIo): Promise<number> {
  const terminal = new Terminal(io);
  const program = buildProgram(terminal, io);
  try {
    await program.parseAsync(withoutVainHelp(program, argv), { from: "user" });
    return terminal.exitCode;
  } catch (error) {
    const command = commandNamed(program, argv);
    const failure = failureOf(inTermsOf(command, error), nameOf(command));
    if (!failure) return 0;
    const { json, debug } = program.opts<{ json?: boolean; debug?: boolean }>();
    const { exitCode, code, message } = failure;
    terminal.note(message);
    if (debug) terminal.note(traceOf(error));
    if (json) io.stdout.write(`${JSON.stringify({ error: { code, message } })}\n`);
    return exitCode;
  }
}

/** `help` of a command that there is not would print the general help; as a command, that word is refused by name. */
function withoutVainHelp(program: Command, argv: readonly string[]): string[] {
  const [help, word] = argv;
  const isVain = help === "help" && word !== undefined && !subcommand(program, word);
  return isVain && !word.startsWith("-") && word !== "help" ? [word] : [...argv];
}

/** The command that the words lead to. */
function commandNamed(program: Command, argv: readonly string[]): Command {
  return argv.reduce((command, word) => subcommand(command, word) ?? command, program);
}

function subcommand(command: Command, word: string): Command | undefined {
  return command.commands.find((each) => each.name() === word);
}

function traceOf(error: unknown): string {
  const { stack, cause } = error as Error;
  return cause === undefined ? String(stack) : `${stack}\ncaused by ${traceOf(cause)}`;
}
