/** @file What a long job has done so far, in a file of its output folder: it goes on from there when it is started again. */
import { readdir, readFile, realpath, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { DalleError, holdFolder, writeFileAtomic } from "@dalle-ts/tensor";
import type { PictureSource } from "../source/record.js";

export interface JobState<Settings extends object, Part extends object> {
  readonly formatVersion: 1;
  readonly kind: string;
  /** Of what is read, for people: the same pictures may be named otherwise when the job goes on. */
  readonly sourceName?: string | undefined;
  readonly settings: Settings;
  readonly parts: readonly Part[];
  readonly complete: boolean;
}

/** Of one job at a time, as `holdFolder`: a second one would remove what the first has half-written. */
export function holdShards(folder: string): Promise<AsyncDisposable> {
  return holdFolder(folder, "writes shards into");
}

/** Names of files that a job writes, and that others write too: img2dataset's shards are 00000.tar as well. */
const shardFiles = /\.(tar|codes)$|^\d{5,}\.jsonl$/i;

/**
 * The state of an earlier session, or a fresh one, which is written at once, so that the folder's shards are known to be the
 * job's own. Other settings in the same folder are refused, and so are shards that no state tells of.
 */
export async function openJob<Settings extends object, Part extends object>(
  path: string,
  kind: string,
  settings: Settings,
  sourceName?: string,
): Promise<JobState<Settings, Part>> {
  const folder = dirname(path);
  const state = await readJobState<Settings, Part>(path);
  if (state === undefined) await refuseShards(folder);
  else {
    if (state.kind !== kind) throw notAState(path);
    const isSame = JSON.stringify(state.settings) === JSON.stringify(settings);
    if (!isSame && state.parts.length > 0) throw otherSettings(path, state.settings, settings);
    await removePartial(folder);
    if (isSame) return state;
  }
  const start = { formatVersion: 1, kind, sourceName } as const;
  const fresh = { ...start, settings, parts: [], complete: false };
  await writeJobState(path, fresh);
  return fresh;
}

/** What a session that was killed left half-written: names of `replaceFiles`, for shards alone. */
const partialShard = /^\d{5,}\.(tar|codes|jsonl)\.[0-9a-f]{8}\.partial$/;

async function removePartial(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (partialShard.test(name)) await rm(join(folder, name), { force: true });
  }
}

/** The state up to the first part whose files are gone or damaged: a job that makes one part after the other goes on there. */
export async function untilDamage<State extends JobState<object, object>>(
  state: State,
  isWhole: (part: State["parts"][number]) => Promise<boolean>,
): Promise<State> {
  for (const [index, part] of state.parts.entries()) {
    if (await isWhole(part)) continue;
    return { ...state, parts: state.parts.slice(0, index), complete: false };
  }
  return state;
}

export async function writeJobState(path: string, state: JobState<object, object>): Promise<void> {
  await writeFileAtomic(path, `${JSON.stringify(state, undefined, 1)}\n`);
}

/** A folder that is read must not be written to: shards among the pictures would make another source of it. */
export async function refuseSource(source: PictureSource, folder: string): Promise<void> {
  const [from, to] = await Promise.all(
    [source.path, folder].map((path) => realpath(path).catch(() => undefined)),
  );
  if (from === undefined || from !== to) return;
  throw new DalleError(
    "bad_option",
    `${folder} is the folder that is read; choose another one with -o.`,
  );
}

async function readJobState<Settings extends object, Part extends object>(
  path: string,
): Promise<JobState<Settings, Part> | undefined> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    const state = JSON.parse(text) as JobState<Settings, Part>;
    if (state.formatVersion === 1) return state;
  } catch {}
  throw notAState(path);
}

async function refuseShards(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  if (!names.some((name) => shardFiles.test(name))) return;
  throw new DalleError(
    "bad_option",
    `${folder} holds shards already; choose another folder with -o.`,
  );
}

const notAState = (path: string) =>
  new DalleError(
    "bad_file",
    `${path} is not the state of such a job; choose another folder with -o.`,
  );

function otherSettings<Settings extends object>(path: string, old: Settings, now: Settings) {
  const changed = (Object.keys(now) as (keyof Settings & string)[]).filter(
    (key) => JSON.stringify(old[key]) !== JSON.stringify(now[key]),
  );
  const [folder, file] = [dirname(path), basename(path)];
  const message =
    changed.join() === "source"
      ? `${folder} was made from other pictures, or they have changed since (${file}); delete it to make it again, or choose another folder with -o.`
      : `${folder} was made with another ${changed.join(" and ")} (${file}); repeat the old options, delete it to make it again, or choose another folder with -o.`;
  return new DalleError("bad_option", message);
}
