/** @file `dalle train`: trains one part of a model by a recipe, or goes on where a run was stopped. */
import type { Part, RecipeOf, RunResult, TrainOptions } from "@dalle-ts/train";
import type { Command } from "commander";
import { collect } from "../options.js";
import type { CommandResult, Terminal } from "../terminal.js";
import { minutesAndSeconds } from "../text.js";
import { trainRun } from "../train-run.js";

interface RecipeOptions {
  readonly output?: string;
  readonly set?: readonly string[];
}
interface ModelOptions extends RecipeOptions {
  readonly device: string;
}
interface TransformerOptions extends ModelOptions {
  readonly dvae: string;
  readonly tokenizer: string;
}

export function addTrain(program: Command, terminal: Terminal): void {
  const train = program.command("train").description("Train one part of a model by a recipe.");
  addPart(
    train,
    "tokenizer",
    "Learn a byte-pair tokenizer from captions.",
    "world-tokenizer",
  ).action(
    terminal.action((name: string, options: RecipeOptions) =>
      trainTokenizer(name, options, terminal),
    ),
  );
  addPart(train, "dvae", "Learn to write pictures as codes.", "world-64-dvae --device cpu")
    .option("--device <device>", "cpu, cuda or cuda:1", "cpu")
    .action(
      terminal.action((name: string, options: ModelOptions) =>
        trainModel(terminal, "dvae", name, options, async (recipe, runOptions) =>
          (await import("@dalle-ts/train")).trainDvae(recipe, runOptions),
        ),
      ),
    );
  addPart(
    train,
    "transformer",
    "Learn to draw codes for captions.",
    "world-64-transformer --dvae runs/world-64-dvae --tokenizer runs/world-tokenizer",
  )
    .option("--device <device>", "cpu, cuda or cuda:1", "cpu")
    .requiredOption("--dvae <folder>", "run folder of the dVAE")
    .requiredOption("--tokenizer <folder>", "run folder of the tokenizer")
    .action(
      terminal.action((name: string, options: TransformerOptions) =>
        trainModel(terminal, "transformer", name, options, async (recipe, runOptions) =>
          (await import("@dalle-ts/train")).trainTransformer(recipe, {
            ...runOptions,
            dvae: options.dvae,
            tokenizer: options.tokenizer,
          }),
        ),
      ),
    );
}

function addPart(train: Command, part: Part, description: string, example: string): Command {
  return train
    .command(part)
    .description(description)
    .argument("<recipe>", `name of a recipe, such as ${example.split(" ")[0]}`)
    .option("-o, --output <folder>", "run folder (default: runs/<recipe>)")
    .option("--set <key=value>", "change a setting of the recipe; may be repeated", collect)
    .addHelpText("after", `\nExample:\n  $ dalle train ${part} ${example}`);
}

/** The recipe with its changes, told to the user, and the folder of its run. */
async function resolveRecipe<Name extends Part>(
  terminal: Terminal,
  part: Name,
  name: string,
  { output, set = [] }: RecipeOptions,
): Promise<{ recipe: RecipeOf[Name]; directory: string }> {
  const { applySettings, findRecipe, listSettings } = await import("@dalle-ts/train");
  const recipe = applySettings(findRecipe(part, name), set);
  for (const [key, value] of listSettings(recipe)) terminal.note(`${key} = ${value}`);
  return { recipe, directory: output ?? `runs/${recipe.name}` };
}

async function trainTokenizer(
  name: string,
  options: RecipeOptions,
  terminal: Terminal,
): Promise<CommandResult> {
  const { openTokenizerRun, trainTokenizerRecipe } = await import("@dalle-ts/train");
  const { recipe, directory } = await resolveRecipe(terminal, "tokenizer", name, options);
  const path = await trainTokenizerRecipe(recipe, directory);
  const { hash } = await openTokenizerRun(directory);
  return { text: [path], json: { recipe, directory, path, sha256: hash } };
}

async function trainModel<Name extends "dvae" | "transformer">(
  terminal: Terminal,
  part: Name,
  name: string,
  options: ModelOptions,
  start: (recipe: RecipeOf[Name], options: TrainOptions) => Promise<RunResult>,
): Promise<CommandResult> {
  const { recipe, directory } = await resolveRecipe(terminal, part, name, options);
  const { checkpoint, state, last } = await trainRun(terminal, {
    directory,
    steps: recipe.steps,
    start: (runOptions) => start(recipe, { ...runOptions, directory, device: options.device }),
  });
  const loss = last ? `, loss ${last.loss!.toFixed(4)}` : "";
  return {
    text: [checkpoint, `${state.step} steps in ${minutesAndSeconds(state.seconds)}${loss}`],
    json: {
      recipe,
      directory,
      checkpoint,
      step: state.step,
      skipped: state.skipped,
      seconds: state.seconds,
      last: last ?? null,
    },
  };
}
