/** @file The `dalle` program: its global options and its commands. Builds, and runs nothing. */
import { Command } from "commander";
import { addContinue } from "./commands/continue.js";
import { addData } from "./commands/data/index.js";
import { addDoctor } from "./commands/doctor.js";
import { addEvaluate } from "./commands/evaluate.js";
import { addExplain } from "./commands/explain.js";
import { addExport } from "./commands/export.js";
import { addGenerate } from "./commands/generate.js";
import { addImport } from "./commands/import.js";
import { addPlan } from "./commands/plan.js";
import { addReconstruct } from "./commands/reconstruct.js";
import { addScore } from "./commands/score.js";
import { addServe } from "./commands/serve.js";
import { addTrain } from "./commands/train.js";
import { addTranslate } from "./commands/translate.js";
import { addVary } from "./commands/vary.js";
import type { Io } from "./io.js";
import type { Terminal } from "./terminal.js";
import { version } from "./version.js";

export function buildProgram(terminal: Terminal, io: Io): Command {
  const program = new Command("dalle")
    .description("Captions to pictures: generate, train, export and evaluate DALL·E models.")
    .option("--json", "print one JSON object on stdout instead of text")
    .version(version, "-V, --version", "print the version")
    .option("--debug", "print the stack of an error")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: () => undefined, // run.ts says it in one sentence
    })
    .exitOverride()
    .hook("preAction", () => {
      terminal.json = program.opts<{ json?: boolean }>().json ?? false;
    });
  for (const add of [
    addGenerate,
    addVary,
    addTranslate,
    addContinue,
    addReconstruct,
    addScore,
    addExplain,
    addPlan,
    addTrain,
    addExport,
    addImport,
    addEvaluate,
    addData,
    addServe,
    addDoctor,
  ]) {
    add(program, terminal);
  }
  return program;
}
