/**
 * @file Commands of the documents and of `--help` are commands that there are, with options, values and recipes that
 * are taken.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findRecipe, type Part } from "@dalle-ts/train";
import type { Command } from "commander";
import { expect, test } from "vitest";
import type { Io } from "../../packages/cli/src/io.js";
import { buildProgram } from "../../packages/cli/src/program.js";
import { Terminal } from "../../packages/cli/src/terminal.js";
import { readDocuments, root, shellLines } from "./documents.js";

const printed: string[] = [];
const io = {
  stdout: { isTTY: false, write: (text: string) => printed.push(text) },
  stderr: { isTTY: false, write: () => undefined },
} as unknown as Io;

/** The program, whose commands do nothing but look their recipe up. */
function idleProgram(): Command {
  const program = buildProgram(new Terminal(io), io);
  for (const command of commandsOf(program)) {
    if (command.commands.length > 0) continue;
    command.action((recipe: string) => {
      if (command.parent?.name() === "train") findRecipe(command.name() as Part, recipe);
    });
  }
  return program;
}

function commandsOf(command: Command): Command[] {
  return [command, ...command.commands.flatMap(commandsOf)];
}

/**
 * "dalle generate "a ball" -n 4 # four" → ["generate", "a ball", "-n", "4"]; undefined for other lines, and for those
 * with places to fill in.
 */
function argumentsOf(line: string): string[] | undefined {
  const [, typed] = /^(?:.*&& )?(?:npx )?dalle ([a-z].*)$/.exec(line) ?? [];
  if (typed === undefined || /[<…]/.test(typed)) return undefined;
  const command = typed.split(/ {2,}|\s#/)[0]!;
  return [...command.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word);
}

async function refused(lines: readonly string[]): Promise<string[]> {
  const failures: string[] = [];
  for (const line of lines) {
    const argv = argumentsOf(line);
    if (!argv) continue;
    const failure = await idleProgram()
      .parseAsync(argv, { from: "user" })
      .then(
        () => undefined,
        (error: Error) => error.message,
      );
    if (failure !== undefined) failures.push(`${line}: ${failure}`);
  }
  return failures;
}

test.each(readDocuments())("$path", async ({ text }) => {
  expect(await refused(shellLines(text))).toEqual([]);
});

test("--help", async () => {
  for (const command of commandsOf(idleProgram())) command.outputHelp();
  const lines = [...printed.join("").matchAll(/^ {2}\$ (.*)$/gm)].map(([, line]) => line!);
  expect(lines.length).toBeGreaterThan(20);
  expect(await refused(lines)).toEqual([]);
});

test("npm scripts", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const named = readDocuments().flatMap(({ text }) =>
    [...text.matchAll(/npm run ([a-z][a-z:]*)/g)].map(([, name]) => name!),
  );
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
  expect(named).toContain("gallery");
});
