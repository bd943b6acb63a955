/**
 * @file Checkpoint folders: model, averaged weights, optimiser and state, all that exact resuming needs.
 * A checkpoint is written beside the others under a name of its own and renamed when whole; only then are older ones
 * removed, all but the one that does best on held-out pictures, where there are any. So at whatever moment a run is
 * killed, its newest whole checkpoint is there.
 */
import { existsSync } from "node:fs";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { DalleError, replaceFiles, writeSafetensors } from "@dalle-ts/tensor";
import { hostParameters, type TorchParameters } from "../parameters.js";
import { readIfThere } from "../read-if-there.js";

export interface CheckpointState {
  readonly formatVersion: 1;
  readonly kind: string;
  readonly settings: object;
  /** Steps done. */
  readonly step: number;
  /** Updates applied: steps less those that were skipped. */
  readonly updates: number;
  /** Steps skipped because a gradient was not finite. */
  readonly skipped: number;
  /** Seconds of training so far, over all sessions. */
  readonly seconds: number;
  /** The default generator's state, base64. */
  readonly generator: string;
  /** Whose generator that is; runs from before this was noted do not say. */
  readonly device?: string;
}

export interface CheckpointTensors {
  readonly parameters: TorchParameters;
  readonly averaged: TorchParameters;
  readonly means: TorchParameters;
  readonly variances: TorchParameters;
}

const files = { model: "model", averaged: "ema", optimiser: "optimizer" } as const;
const checkpointName = /^checkpoint-(\d{8})$/;
const partialName = /^checkpoint-\d{8}\.partial$/;

/** Writes `checkpoint-<step>` into the run folder and removes the ones before it, but for that of step `best`. */
export async function saveCheckpoint(
  runDirectory: string,
  state: CheckpointState,
  tensors: CheckpointTensors,
  best?: number,
): Promise<string> {
  const name = checkpointOf(state.step);
  const kept = best === undefined ? name : checkpointOf(best);
  const target = join(runDirectory, name);
  const partial = `${target}.partial`;
  await mkdir(runDirectory, { recursive: true });
  await removeAmong(runDirectory, (other) => partialName.test(other)); // left by a kill, and in want of the room
  try {
    await mkdir(partial);
    await writeFiles(partial, state, tensors);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
  if (existsSync(target)) await rm(target, { recursive: true });
  await rename(partial, target);
  await syncFolder(runDirectory);
  await removeAmong(
    runDirectory,
    (other) => checkpointName.test(other) && other < name && other !== kept,
  );
  return target;
}

export function checkpointOf(step: number): string {
  return `checkpoint-${String(step).padStart(8, "0")}`;
}

async function writeFiles(
  folder: string,
  state: CheckpointState,
  { parameters, averaged, means, variances }: CheckpointTensors,
): Promise<void> {
  const write = (file: string, entries: ReturnType<typeof hostParameters>) =>
    writeSafetensors(join(folder, `${file}.safetensors`), entries);
  await write(files.model, hostParameters(parameters));
  await write(files.averaged, hostParameters(averaged));
  await write(files.optimiser, [
    ...hostParameters(prefixed("mean", means)),
    ...hostParameters(prefixed("variance", variances)),
  ]);
  const text = `${JSON.stringify(state, undefined, 2)}\n`;
  await replaceFiles([
    { path: join(folder, "state.json"), fill: (file) => file.write(Buffer.from(text)) },
  ]);
}

/** A rename is only safe from a power cut when the folder itself is on the disk. */
async function syncFolder(directory: string): Promise<void> {
  await using handle = await open(directory, "r");
  await handle.sync();
}

async function removeAmong(
  runDirectory: string,
  isStale: (name: string) => boolean,
): Promise<void> {
  for (const name of await readdir(runDirectory)) {
    if (isStale(name)) await rm(join(runDirectory, name), { recursive: true, force: true });
  }
}

/** The newest whole checkpoint of a run folder; undefined where there is none. */
export async function latestCheckpoint(runDirectory: string): Promise<string | undefined> {
  const names = await readdir(runDirectory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return [];
    throw error;
  });
  const newest = names
    .filter((name) => checkpointName.test(name))
    .sort()
    .at(-1);
  return newest && join(runDirectory, newest);
}

export async function readState(checkpoint: string): Promise<CheckpointState> {
  const path = join(checkpoint, "state.json");
  const text = await readIfThere(path);
  try {
    const state = JSON.parse(text ?? "") as CheckpointState;
    if (state.formatVersion === 1) return state;
  } catch {}
  throw new DalleError(
    "bad_file",
    `${path} is not a checkpoint state of format version 1; put a copy of the checkpoint in its place, or train anew in another run folder.`,
  );
}

/** Path of one file of a checkpoint. */
export function weightsPath(checkpoint: string, which: keyof typeof files): string {
  return join(checkpoint, `${files[which]}.safetensors`);
}

function prefixed(prefix: string, tensors: TorchParameters): TorchParameters {
  return new Map([...tensors].map(([name, value]) => [`${prefix}.${name}`, value]));
}
