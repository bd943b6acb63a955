/** @file `dalle plan`: what training a transformer takes, before anyone rents a GPU for it. */
import { stat } from "node:fs/promises";
import type { TransformerConfig } from "@dalle-ts/models";
import type { Command } from "commander";
import { integer, usageError } from "../options.js";
import type { CommandResult, Terminal } from "../terminal.js";
import { counted, table } from "../text.js";

interface Options {
  readonly gpus: number;
  readonly memory?: number;
}

const example = `
Examples:
  $ dalle plan models/default --memory 16GB
  $ dalle plan paper --gpus 8 --memory 80GB
dalle-ts trains on one device. What each of several would hold is reckoned as in the paper (§ 2.5): every array of weights
is shared out, and each GPU has pairs of its own.`;

export function addPlan(program: Command, terminal: Terminal): void {
  program
    .command("plan")
    .description("Tell what memory and time the training of a transformer takes.")
    .argument("<preset>", "`paper`, or a model folder")
    .option("--gpus <integer>", "GPUs to share it out over", integer("--gpus", 1, 100_000), 1)
    .option("--memory <size>", "memory of each, such as 80GB", gigabytes)
    .addHelpText("after", example)
    .action(terminal.action(plan));
}

async function plan(preset: string, { gpus, memory }: Options): Promise<CommandResult> {
  const { streamStates, TRAINED_ARRAYS, trainingCost } = await import("@dalle-ts/models");
  const config = await configOf(preset);
  const { parameters, weightBytes, pairBytes, pairOperations } = trainingCost(config);
  const state = TRAINED_ARRAYS * weightBytes;
  const rows = [
    ["weights, fp32", weightBytes, weightBytes / gpus],
    ["their average", weightBytes, weightBytes / gpus],
    ["their gradients", weightBytes, weightBytes / gpus],
    ["Adam's two moments", 2 * weightBytes, (2 * weightBytes) / gpus],
    ["one pair's activations, about", pairBytes, pairBytes],
    ["together", state + pairBytes, state / gpus + pairBytes],
  ] as const;
  const columns = gpus > 1 ? ["", "one GPU", `each of ${gpus}`] : ["", "one GPU"];
  const pairs =
    memory === undefined ? undefined : Math.max(0, Math.floor((memory - state / gpus) / pairBytes));
  const days = (1e6 * pairOperations) / (gpus * SUSTAINED) / 86_400;
  const { layers, width } = config;
  return {
    text: [
      `${preset}: ${grouped(parameters)} parameters, ${layers} layers of width ${grouped(width)}, ${grouped(streamStates(config))} states`,
      ...table([
        columns,
        ...rows.map(([name, ...bytes]) => [
          name,
          ...bytes.slice(0, columns.length - 1).map(inBytes),
        ]),
      ]),
      ...(memory === undefined ? [] : [fits(pairs!, gpus, memory, state, pairBytes)]),
      `A million pairs take ${(1e6 * pairOperations).toExponential(1)} operations: ${lasting(days)} on ${counted(gpus, "GPU")} at 100 TFLOPS each.`,
      ...(preset === "paper"
        ? [`The paper's run saw ${Math.round(PAPER_PAIRS / 1e6)} million.`]
        : []),
      ...(gpus > 1
        ? ["dalle-ts itself trains on one GPU; this is what sharing it out as the paper did takes."]
        : []),
    ],
    json: {
      preset,
      config,
      gpus,
      parameters,
      weightBytes,
      pairBytes,
      pairOperations,
      ...(memory !== undefined && { memory, pairs }),
    },
  };
}

/** Operations a second, in round numbers: a GPU of 300 that is kept busy a third of the time. */
const SUSTAINED = 100e12;

/** 430,000 updates of 1,024 [SPEC §2.4]. */
const PAPER_PAIRS = 430_000 * 1024;

async function configOf(preset: string): Promise<TransformerConfig> {
  if (preset === "paper") return (await import("@dalle-ts/models")).paperTransformer;
  const { readModelFolder } = await import("dalle-ts/parts");
  if (await stat(preset).catch(() => undefined)) {
    const { transformer } = (await readModelFolder(preset, { verify: "size" })).config;
    if (transformer && transformer.family === undefined) return transformer;
  }
  throw usageError(
    "preset",
    "`paper`, or the folder of a model whose transformer dalle-ts can train",
    preset,
  );
}

function fits(
  pairs: number,
  gpus: number,
  memory: number,
  state: number,
  pairBytes: number,
): string {
  const each = gpus === 1 ? inBytes(memory) : `each of ${gpus} times ${inBytes(memory)}`;
  if (pairs > 0) return `Into ${each} go batches of up to ${counted(pairs, "pair")}.`;
  const room = memory - pairBytes;
  const next =
    room > 0
      ? `${Math.ceil(state / room)} such GPUs could share it out`
      : "its activations alone are larger, and dalle-ts recomputes none of them: take one with more memory";
  return `It does not fit into ${each}; ${next}.`;
}

function gigabytes(text: string): number {
  const [, value, unit = "GB"] = /^(\d+(?:\.\d+)?) ?(MB|GB|TB|MiB|GiB|TiB)?$/i.exec(text) ?? [];
  if (Number(value) > 0) return Number(value) * bytesOf[unit.toLowerCase()]!;
  throw usageError("--memory", "gigabytes, such as 80GB", text);
}

const bytesOf: Readonly<Record<string, number>> = {
  ...{ mb: 1e6, gb: 1e9, tb: 1e12 },
  ...{ mib: 2 ** 20, gib: 2 ** 30, tib: 2 ** 40 },
};

const grouped = (value: number): string => value.toLocaleString("en");

/** As people say it: "32 MB", "6.1 GB". */
function inBytes(bytes: number): string {
  if (bytes < 1e9) return `${Math.round(bytes / 1e6)} MB`;
  return `${Number((bytes / 1e9).toFixed(bytes < 100e9 ? 1 : 0))} GB`;
}

function lasting(days: number): string {
  if (days >= 2) return `${grouped(Math.round(days))} days`;
  const hours = 24 * days;
  return hours >= 2
    ? `${Math.round(hours)} hours`
    : `${Math.max(1, Math.round(60 * hours))} minutes`;
}
