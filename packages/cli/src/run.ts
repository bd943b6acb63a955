/** @file Runs one command line and returns its exit code; throws nothing and never ends the process. */
import type { Command } from "commander";
import { failureOf } from "./exit-code.js";
import { type Io, processIo } from "./io.js";
import { buildProgram } from "./program.js";
import { Terminal } from "./terminal.js";

/** `argv`: what follows the program's name, such as ["generate", "a red block", "-o", "out.png"]. */
export async function run(argv: readonly string[], io: Io = processIo): Promise<number> {
  const terminal = new Terminal(io);
  const program = buildProgram(terminal, io);
  try {
    await program.parseAsync([...argv], { from: "user" });
    return terminal.exitCode;
  } catch (error) {
    const failure = failureOf(error, commandNamed(program, argv));
    if (!failure) return 0;
    const { json, debug } = program.opts<{ json?: boolean; debug?: boolean }>();
    const { exitCode, code, message } = failure;
    if (message !== "") terminal.note(message);
    if (debug) terminal.note(traceOf(error));
    if (json) io.stdout.write(`${JSON.stringify({ error: { code, message } })}\n`);
    return exitCode;
  }
}

/** "dalle train dvae": the command that the words lead to. */
function commandNamed(program: Command, argv: readonly string[]): string {
  const path = [program];
  for (const word of argv) {
    const next = path.at(-1)!.commands.find((command) => command.name() === word);
    if (next) path.push(next);
  }
  return path.map((command) => command.name()).join(" ");
}

function traceOf(error: unknown): string {
  const { stack, cause } = error as Error;
  return cause === undefined ? String(stack) : `${stack}\ncaused by ${traceOf(cause)}`;
}
