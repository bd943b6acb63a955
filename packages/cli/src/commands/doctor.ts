/** @file `dalle doctor`: what this machine has, what it lacks, and what to do about it. */
import type { Command } from "commander";
import { type Check, checkMachine, type Purpose } from "../machine-checks.js";
import type { CommandResult, Terminal } from "../terminal.js";

interface Options {
  readonly model?: string;
}

const example = `
Example:
  $ dalle doctor`;

export function addDoctor(program: Command, terminal: Terminal): void {
  program
    .command("doctor")
    .description("Check this machine: what generating and training need.")
    .option(
      "--model <folder>",
      "model folder to check (default: the model that ships with dalle-ts)",
    )
    .addHelpText("after", example)
    .action(terminal.action(doctor));
}

async function doctor({ model }: Options): Promise<CommandResult> {
  const checks = await checkMachine(model);
  const works = (purpose: Purpose) =>
    checks.every(({ ok, neededFor }) => ok || !neededFor.includes(purpose));
  const [canGenerate, canTrain] = [works("generating"), works("training")];
  return {
    text: [
      ...checks.map(line),
      `Generating ${canGenerate ? "works" : "does not work"}, training ${canTrain ? "works" : "does not work"}.`,
    ],
    json: { canGenerate, canTrain, checks },
    exitCode: canGenerate ? 0 : 1,
  };
}

function line({ name, ok, found }: Check): string {
  return `${ok ? "ok     " : "missing"}  ${name}: ${found}`;
}
