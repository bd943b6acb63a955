/**
 * @file Checkpoint folders: model, averaged weights, optimiser and state, all that exact resuming needs.
 * A checkpoint is written beside the others under a name of its own and renamed when whole; only then are older ones
 * removed, all but the one that does best on held-out pictures, where there are any; each says itself how well it does. So
 * at whatever moment a run is killed, its newest whole checkpoint is there, and its best.
 */
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { DalleError, makeFolder, writeFileAtomic, writeSafetensors } from "@dalle-ts/tensor";
import type { TorchParameters } from "../parameters.js";
import { readIfThere } from "../read-if-there.js";
import type { Validation } from "../run/validation.js";

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
  /** Where pictures are held out, and their loss could be taken. */
  readonly validation?: Validation;
  /** Steps after which `validation` is of another loss than before. @default 0 */
  readonly lossChangesAfter?: number;
}

/** A whole checkpoint of a run folder. */
export interface SavedCheckpoint {
  readonly path: string;
  readonly state: CheckpointState;
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

/** Writes `checkpoint-<step>`, which must be a new one, into the run folder and removes those before it, but for the best. */
export async function saveCheckpoint(
  runDirectory: string,
  state: CheckpointState,
  tensors: CheckpointTensors,
): Promise<string> {
  const name = checkpointOf(state.step);
  const target = join(runDirectory, name);
  const partial = `${target}.partial`;
  makeFolder(runDirectory);
  await removeAmong(runDirectory, (other) => partialName.test(other)); // left by a kill, and in want of the room
  try {
    await mkdir(partial);
    await writeFiles(partial, state, tensors);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
  await syncFolder(partial);
  await rename(partial, target);
  await syncFolder(runDirectory);
  const best = basename((await bestCheckpoint(runDirectory))!.path);
  await removeAmong(
    runDirectory,
    (other) => checkpointName.test(other) && other < name && other !== best,
  );
  return target;
}

function checkpointOf(step: number): string {
  return `checkpoint-${String(step).padStart(8, "0")}`;
}

async function writeFiles(
  folder: string,
  state: CheckpointState,
  { parameters, averaged, means, variances }: CheckpointTensors,
): Promise<void> {
  const write = (file: string, tensors: TorchParameters) =>
    writeSafetensors(
      join(folder, `${file}.safetensors`),
      // One at a time is copied to the host.
      [...tensors].map(([name, tensor]) => ({
        name,
        shape: tensor.shape,
        dtype: "f32",
        data: () => tensor.toArray() as Float32Array,
      })),
    );
  await write(files.model, parameters);
  await write(files.averaged, averaged);
  await write(
    files.optimiser,
    new Map([...prefixed("mean", means), ...prefixed("variance", variances)]),
  );
  await writeFileAtomic(join(folder, "state.json"), `${JSON.stringify(state, undefined, 2)}\n`);
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
    if (!isStale(name)) continue;
    const path = join(runDirectory, name);
    // A kill in between must not leave half of one under the name of a whole one.
    const partial = checkpointName.test(name) ? `${path}.partial` : path;
    if (partial !== path) await rename(path, partial);
    await rm(partial, { recursive: true, force: true });
  }
}

/** The newest whole checkpoint of a run folder; undefined where there is none. */
export async function latestCheckpoint(runDirectory: string): Promise<string | undefined> {
  return (await wholeCheckpoints(runDirectory)).at(-1);
}

/**
 * The checkpoint that a run is worth: where the loss on held-out pictures was the least, the last of equals, or the newest where
 * none was taken. Undefined for a folder without checkpoints.
 */
export async function bestCheckpoint(runDirectory: string): Promise<SavedCheckpoint | undefined> {
  const paths = await wholeCheckpoints(runDirectory);
  const saved = await Promise.all(
    paths.map(async (path) => ({ path, state: await readState(path) })),
  );
  const newest = saved.at(-1);
  if (!newest) return undefined;
  const changes = newest.state.lossChangesAfter ?? 0;
  const isOfNewLoss = ({ state }: SavedCheckpoint) => state.step > changes;
  const lossOf = ({ state }: SavedCheckpoint) =>
    state.validation?.validationLoss ?? Number.POSITIVE_INFINITY;
  const comparable = saved.filter((each) => isOfNewLoss(each) === isOfNewLoss(newest));
  const least = Math.min(...comparable.map(lossOf));
  return comparable.findLast((each) => lossOf(each) === least);
}

/** Oldest first. */
async function wholeCheckpoints(runDirectory: string): Promise<string[]> {
  const names = await readdir(runDirectory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return [];
    throw error;
  });
  return names
    .filter((name) => checkpointName.test(name))
    .sort()
    .map((name) => join(runDirectory, name));
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
