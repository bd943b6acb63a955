/** @file `dalle train`: trains one part of a model by a recipe, or goes on where a run was stopped. */
import type { CodeShards, PictureSource } from "@dalle-ts/data";
import { DalleError } from "@dalle-ts/tensor";
import type { Part, RecipeOf, RunResult, TrainOptions } from "@dalle-ts/train";
import { type Command, Option } from "commander";
import { collect, number, usageError } from "../options.js";
import {
  addSourceOptions,
  noteLeftOut,
  openPictures,
  type SourceOptions,
  sourceArgument,
} from "../source-options.js";
import type { CommandResult, Terminal } from "../terminal.js";
import { counted, minutesAndSeconds } from "../text.js";
import { trainRun } from "../train-run.js";

interface RecipeOptions extends SourceOptions {
  readonly output?: string;
  readonly set?: readonly string[];
  readonly data?: string;
}
interface ModelOptions extends RecipeOptions {
  readonly device: string;
  readonly minutes?: number;
}
interface DvaeOptions extends ModelOptions {
  readonly from?: string;
}
/** Of what learns from captions and pictures. */
interface PairOptions extends DvaeOptions {
  readonly dvae?: string;
  readonly tokenizer?: string;
}

export function addTrain(program: Command, terminal: Terminal): void {
  const train = program
    .command("train")
    .description("Train one part of a model by a recipe.")
    .hook("preSubcommand", async (_, part) => {
      const { recipeNames } = await import("@dalle-ts/train");
      const names = recipeNames(part.name() as Part).join(", ");
      for (const argument of part.registeredArguments) argument.description = `one of ${names}`;
    });
  addOwnData(
    addPart(train, "tokenizer", "Learn a byte-pair tokenizer from captions.", "world-tokenizer"),
  ).action(
    terminal.action((name: string, options: RecipeOptions) =>
      trainTokenizer(name, options, terminal),
    ),
  );
  addOwnData(addModel(train, "dvae", "Learn to write pictures as codes.", "world-64-dvae"))
    .option("--from <folder>", "run or model folder of a dVAE to begin with (default: a fresh one)")
    .action(
      terminal.action((name: string, options: DvaeOptions) =>
        trainDvaeModel(name, options, terminal),
      ),
    );
  addModel(
    train,
    "transformer",
    "Learn to draw codes for captions.",
    "world-64-transformer --dvae runs/world-64-dvae --tokenizer runs/world-tokenizer",
  )
    .option("--data <folder>", "code shards of `dalle data encode` (default: the painted world)")
    .option("--dvae <folder>", "run folder of the dVAE, or model folder (required)")
    .option(...tokenizerOption)
    .option(
      "--from <folder>",
      "run or model folder of a transformer to begin with, of as many layers or 4, 8, … fewer (default: a fresh one)",
    )
    .action(
      terminal.action((name: string, options: PairOptions) =>
        trainTransformerModel(name, options, terminal),
      ),
    );
  addOwnData(
    addModel(
      train,
      "clip",
      "Learn how well pictures and captions match.",
      "world-64-clip --tokenizer runs/world-tokenizer",
    ),
  )
    .option(...tokenizerOption)
    .option(
      "--dvae <folder>",
      "run or model folder of a dVAE that a third of the pictures are seen through, as those are that its models draw (default: none)",
    )
    .option("--from <folder>", "run or model folder of a CLIP to begin with (default: a fresh one)")
    .action(
      terminal.action((name: string, options: PairOptions) =>
        trainClipModel(name, options, terminal),
      ),
    );
}

/** Not required by commander, which would ask for it before it is known whether there is such a recipe. */
const tokenizerOption = [
  "--tokenizer <folder>",
  "run folder of the tokenizer, or model folder (required)",
] as const;

const ownPictures = `
Of 40 pictures of your own (--data) or more a twentieth, at most 512, is never trained on; the run logs the loss on them
as validationLoss. A run that was stopped goes on by the same command.`;

/** Pictures or captions of the user's own in the place of the painted world. */
function addOwnData(command: Command): Command {
  return addSourceOptions(
    command.option("--data <source>", `${sourceArgument} (default: the painted world)`),
  );
}

function addPart(train: Command, part: Part, description: string, example: string): Command {
  return train
    .command(part)
    .description(description)
    .argument("<recipe>", "name of a recipe")
    .option("-o, --output <folder>", "run folder (default: runs/<recipe>)")
    .option("--set <key=value>", "change a setting of the recipe; may be repeated", collect)
    .addHelpText("after", `\nExample:\n  $ dalle train ${part} ${example}`);
}

/** A part that is trained by steps. */
function addModel(train: Command, ...described: [Part, string, string]): Command {
  const minutes = number("--minutes", "a number of minutes > 0", (value) => value > 0);
  return addPart(train, ...described)
    .addHelpText("after", ownPictures)
    .option("--device <device>", "cpu, cuda or cuda:1", "cpu")
    .addOption(
      new Option(
        "--minutes <number>",
        "as many steps as end about so long after the start (default: the recipe's steps)",
      ).argParser(minutes),
    );
}

/** The recipe with its changes, in words as well, and the folder of its run. */
async function resolveRecipe<Name extends Part>(
  part: Name,
  name: string,
  { output, set = [] }: RecipeOptions,
  own?: PictureSource | CodeShards,
): Promise<{ recipe: RecipeOf[Name]; settings: readonly string[]; directory: string }> {
  const { applySettings, findRecipe, listSettings, withOwnData } = await import("@dalle-ts/train");
  const painted = own && set.find((setting) => /^\s*data\./.test(setting));
  if (painted) throw usageError("--set", "no data beside --data", painted);
  const changed = applySettings(findRecipe(part, name), set);
  const recipe = own ? withOwnData(changed, own) : changed;
  const settings = [...listSettings(recipe)].map(([key, value]) => `${key} = ${value}`);
  return { recipe, settings, directory: output ?? `runs/${recipe.name}` };
}

/** The value of an option that has no default, once the recipe is known to be one. */
async function required(
  [part, name]: readonly [part: Part, recipe: string],
  option: string,
  value: string | undefined,
): Promise<string> {
  const { findRecipe } = await import("@dalle-ts/train");
  findRecipe(part, name);
  if (value !== undefined) return value;
  throw new DalleError(
    "bad_option",
    `${option} is missing; give it a run folder of \`dalle train ${option.slice(2)}\`, or a model folder`,
  );
}

async function trainTokenizer(
  name: string,
  options: RecipeOptions,
  terminal: Terminal,
): Promise<CommandResult> {
  const { BytePairEncoder, openTokenizerRun, trainTokenizerRecipe } = await import(
    "@dalle-ts/train"
  );
  await using source = await openOwn(options, terminal);
  const found = await resolveRecipe("tokenizer", name, options, source);
  const { recipe, settings, directory } = found;
  for (const line of settings) terminal.note(line);
  const path = await trainTokenizerRecipe(recipe, directory, source);
  const { text, hash } = await openTokenizerRun(directory);
  // Captions that have no more pairs to merge make fewer than the recipe allows.
  const entries = BytePairEncoder.fromJson(text).vocabularySize;
  return {
    text: [path, counted(entries, "entry", "entries")],
    json: { recipe, directory, path, sha256: hash, entries, ...leftOut(source) },
  };
}

/** What --json says of own pictures that the index left out, as `dalle data pack` does. */
const leftOut = (own: PictureSource | CodeShards | undefined) =>
  own && "problemCount" in own ? { unpaired: own.problemCount } : {};

/** The pictures of --data, which must hold some. */
async function openOwn(
  options: RecipeOptions,
  terminal: Terminal,
): Promise<PictureSource | undefined> {
  if (options.data === undefined) return undefined;
  const { requireRecords } = await import("@dalle-ts/data");
  const source = await openPictures(options.data, options, terminal);
  await requireRecords(source);
  noteLeftOut(source, terminal);
  return source;
}

/** The pictures of --data, for a training that reads them at every step. */
async function openPicturesOf(
  options: RecipeOptions,
  terminal: Terminal,
): Promise<PictureSource | undefined> {
  const source = await openOwn(options, terminal);
  if (source?.kind === "parquet") {
    terminal.note(
      "Training reads pictures in any order, which is slow in large Parquet files; `dalle data pack` makes quick shards of them.",
    );
  }
  return source;
}

async function trainDvaeModel(name: string, options: DvaeOptions, terminal: Terminal) {
  const { trainDvae } = await import("@dalle-ts/train");
  await using source = await openPicturesOf(options, terminal);
  return await trainModel(terminal, "dvae", name, options, source, (recipe, runOptions) =>
    trainDvae(recipe, { ...runOptions, source, from: options.from }),
  );
}

async function trainTransformerModel(name: string, options: PairOptions, terminal: Terminal) {
  const { trainTransformer } = await import("@dalle-ts/train");
  const { CodeShards } = await import("@dalle-ts/data");
  const { from } = options;
  const dvae = await required(["transformer", name], "--dvae", options.dvae);
  const tokenizer = await required(["transformer", name], "--tokenizer", options.tokenizer);
  using codes = options.data === undefined ? undefined : await CodeShards.open(options.data);
  return await trainModel(terminal, "transformer", name, options, codes, (recipe, runOptions) =>
    trainTransformer(recipe, { ...runOptions, dvae, tokenizer, from, codes }),
  );
}

async function trainClipModel(name: string, options: PairOptions, terminal: Terminal) {
  const { trainClip } = await import("@dalle-ts/train");
  const { from, dvae } = options;
  const tokenizer = await required(["clip", name], "--tokenizer", options.tokenizer);
  await using source = await openPicturesOf(options, terminal);
  return await trainModel(terminal, "clip", name, options, source, (recipe, runOptions) =>
    trainClip(recipe, { ...runOptions, tokenizer, from, dvae, source }),
  );
}

async function trainModel<Name extends Exclude<Part, "tokenizer">>(
  terminal: Terminal,
  part: Name,
  name: string,
  options: ModelOptions,
  own: PictureSource | CodeShards | undefined,
  start: (recipe: RecipeOf[Name], options: TrainOptions) => Promise<RunResult>,
): Promise<CommandResult> {
  const { device, minutes, set = [] } = options;
  const steps = set.find((setting) => /^\s*steps\s*=/.test(setting));
  if (minutes !== undefined && steps !== undefined) {
    throw usageError("--minutes", "no steps beside it", steps);
  }
  const { recipe, settings, directory } = await resolveRecipe(part, name, options, own);
  const result = await trainRun(terminal, {
    directory,
    settings,
    start: (runOptions) => start(recipe, { ...runOptions, directory, device, minutes }),
  });
  const { checkpoint, state, last, best } = result;
  const loss = last?.loss === undefined ? "" : `, loss ${last.loss.toFixed(4)}`;
  const validation =
    last?.validationLoss === undefined || last.trainingLoss === undefined
      ? []
      : [
          `On pictures held out the loss is ${last.validationLoss.toFixed(4)}, on as many trained on ${last.trainingLoss.toFixed(4)}.`,
        ];
  if (best.validation && best.step < state.step) {
    validation.push(
      `On held-out pictures it was least at step ${best.step}, ${best.validation.validationLoss.toFixed(4)}; the weights of then are kept, and are those that are exported.`,
    );
  }
  return {
    text: [
      checkpoint,
      `${counted(state.step, "step")} in ${minutesAndSeconds(state.seconds)}${loss}`,
      ...validation,
    ],
    json: {
      recipe: { ...recipe, steps: result.steps },
      directory,
      checkpoint,
      step: state.step,
      skipped: state.skipped,
      seconds: state.seconds,
      last: last ?? null,
      ...leftOut(own),
    },
  };
}
