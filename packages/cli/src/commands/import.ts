/** @file `dalle import`: public checkpoints of the family become model folders, or are held against a reference's results. */
import { basename, join, resolve } from "node:path";
import type { WeightFormat } from "@dalle-ts/tensor";
import type { CheckedImport, ImportFacts, ImportKind, ImportOptions } from "@dalle-ts/train";
import { type Command, Option } from "commander";
import type { ModelConfig } from "dalle-ts";
import { intoFolder, refuseOthersFiles } from "../into-folder.js";
import { integer, usageError, word } from "../options.js";
import { checkOutputFolder } from "../output-files.js";
import type { CommandResult, Terminal } from "../terminal.js";
import { counted } from "../text.js";
import { weightFormatOption } from "../weight-format-option.js";

interface Options {
  readonly check?: string;
  readonly output?: string;
  readonly dtype: WeightFormat;
  readonly files: string;
  readonly heads?: number;
  readonly release?: "v2" | "v3";
  readonly name?: string;
}

const example = `
Kinds:
  openai-dvae   encoder.pkl and decoder.pkl
  mindalle      config.yaml, both stages' .ckpt, and the tokenizer's vocabulary and merges
  min-dalle     encoder.pt, decoder.pt, detoker.pt, vocab.json and merges.txt
  dalle-mini    the flax_model.msgpack of the transformer and of its VQGAN, vocab.json, merges.txt, and if
                at hand config.json (heads) and enwiki-words-frequency.txt (hashtags)
  rudalle       pytorch_model_v3.bin or another release's, either VQGAN's .ckpt, and bpe.model
  dalle-pytorch dalle.pt
  clip          ViT-B-32.pt, RN50.pt or another of OpenAI's, and bpe_simple_vocab_16e6.txt(.gz);
                into a model folder that is there already, it is added to rerank that model's pictures
Nothing in the files is ever run. docs/import.md says where they are published.

Examples:
  $ dalle import min-dalle encoder_mini.pt decoder_mini.pt detoker.pt vocab_mini.json merges_mini.txt -o models/mini
  $ dalle generate "an avocado armchair" --model models/mini
  $ dalle import openai-dvae encoder.pkl decoder.pkl --check reference`;

export function addImport(program: Command, terminal: Terminal): void {
  program
    .command("import")
    .description("Make a model folder from public checkpoints of the DALL·E family.")
    .argument("<kind>", "what the files are; see below")
    .argument("<files...>", "the checkpoint's files, or addresses of them, in any order")
    .option("-o, --output <folder>", "model folder to write")
    .addOption(weightFormatOption("int8-rows", "for public models are large"))
    .option(
      "--heads <count>",
      "attention heads, where no file tells them and the family's size of a head does not fit",
      integer("--heads", 1, 1024),
    )
    .addOption(
      new Option(
        "--release <release>",
        "of ruDALL-E, v2 or v3: which program trained the weights (default: as the file's mask says, or its name)",
      ).argParser(word("--release", ["v2", "v3"])),
    )
    .option(
      "--files <folder>",
      "where files given by address are kept, so that a download can go on",
      "checkpoints",
    )
    .option("--name <name>", "name of the model (default: the folder's)")
    .option(
      "--check <folder>",
      "compare with inputs.safetensors and expected.safetensors there; if any differs nothing is written, and the exit code is 1",
    )
    .addHelpText("after", example)
    .action(
      terminal.action((kind: string, paths: readonly string[], options: Options) =>
        importCheckpoint(kind, paths, options, terminal),
      ),
    );
}

async function importCheckpoint(
  kindName: string,
  paths: readonly string[],
  options: Options,
  terminal: Terminal,
): Promise<CommandResult> {
  const { importKinds, refuseUselessFacts } = await import("@dalle-ts/train");
  const kind = Object.hasOwn(importKinds, kindName) ? importKinds[kindName] : undefined;
  if (!kind) throw usageError("kind", `one of ${Object.keys(importKinds).join(", ")}`, kindName);
  const { output, check, files: downloads } = options;
  if (output === undefined && check === undefined)
    throw usageError("-o, --check", "one of them or both", "neither");
  if (output !== undefined) await checkOutputFolder("-o", output);
  const { heads, release } = options;
  const facts = {
    ...(heads === undefined ? {} : { heads }),
    ...(release === undefined ? {} : { release }),
    origins: paths,
  };
  refuseUselessFacts([kindName, kind], facts);
  if (output === undefined && release !== undefined)
    throw usageError("--release", "none with --check alone, which tries both", release);
  const base = kindName === "clip" && output !== undefined ? await modelIn(output) : undefined;
  if (base && options.name !== undefined)
    throw usageError("--name", `none beside ${output}, which is called ${base.name}`, options.name);
  if (output !== undefined) await refuseOthersFiles(output);
  const local = await fetched(paths, downloads, terminal);
  const checked = check === undefined ? undefined : await compare(kind, local, check, facts);
  // A model that is not what its reference says is not written.
  if (output === undefined || checked?.exitCode === 1) return checked!;
  const known = { ...facts, ...checked?.found, ...(base ? { base } : {}) };
  const written = await writeModel([kindName, kind], local, output, options, known, terminal);
  return {
    text: [...written.text, ...(checked?.text ?? [])],
    json: { ...written.json, ...checked?.json },
  };
}

async function writeModel(
  kind: readonly [name: string, kind: ImportKind],
  files: readonly string[],
  output: string,
  { dtype, name = basename(resolve(output)) }: Options,
  facts: ImportFacts & Pick<ImportOptions, "base">,
  terminal: Terminal,
): Promise<CommandResult> {
  const started = performance.now();
  const { importModel } = await import("@dalle-ts/train");
  const notes: string[] = [];
  const config = await intoFolder(output, (folder) =>
    importModel(kind, files, folder, {
      name,
      weightFormat: dtype,
      onNote: (note) => notes.push(note),
      ...facts,
    }),
  );
  for (const note of notes) terminal.note(note);
  const records = Object.values(config.files);
  const megabytes = records.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
  const seconds = Math.round(performance.now() - started) / 1000;
  return {
    text: [
      output,
      `${megabytes.toFixed(1)} MB in ${counted(records.length, "file")}, in ${seconds} s`,
    ],
    json: { directory: output, config, notes, seconds },
  };
}

/** The files' paths; those that are addresses are fetched first. */
async function fetched(
  paths: readonly string[],
  folder: string,
  terminal: Terminal,
): Promise<string[]> {
  const { localFiles } = await import("@dalle-ts/train");
  return await terminal.interruptible(async (signal) => {
    using progress = terminal.progress({ label: "fetching", unit: "MB", linesEvery: 10_000 });
    const megabytes = (bytes: number) => Math.ceil(bytes / 1e6);
    return await localFiles(paths, folder, {
      signal,
      onProgress: (name, done, total) => progress.update(megabytes(done), megabytes(total), name),
    });
  });
}

/** The model that a CLIP is added to. */
async function modelIn(folder: string): Promise<ModelConfig | undefined> {
  const { readModelFolder } = await import("dalle-ts/parts");
  const { stat } = await import("node:fs/promises");
  const isModel = await stat(join(folder, "config.json")).catch(() => undefined);
  return isModel && (await readModelFolder(folder)).config;
}

async function compare(
  kind: ImportKind,
  files: readonly string[],
  folder: string,
  facts: ImportFacts,
): Promise<CommandResult & Pick<CheckedImport, "found">> {
  const { checkImport, checkText } = await import("@dalle-ts/train");
  const { rows, found } = await checkImport(kind, files, folder, facts);
  return {
    ...(found ? { found } : {}),
    text: checkText(rows),
    json: { rows },
    exitCode: rows.every(({ ok }) => ok) ? 0 : 1,
  };
}
