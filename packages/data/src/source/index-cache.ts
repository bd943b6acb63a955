/**
 * @file The index of a source: built once, kept in the user's cache folder, and built again when a file or folder that
 * it was made from, or one that an entry names, has another size or time. Nothing is ever written beside the user's pictures.
 */
import { createHash, randomUUID } from "node:crypto";
import { readFile, realpath, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { DalleError, makeFolder, sha256OfFile } from "@dalle-ts/tensor";
import { EntryReader, EntryWriter } from "./index-file.js";
import { HEAD, sweepIndexes } from "./index-sweep.js";
import type { Problem } from "./record.js";

/** Changes with what entries are and what is made one, so that older caches are built again. */
const FORMAT = 5;

/** What tells that a file or folder has changed. */
export interface Stamp {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
}

export interface IndexBuilder<Entry> {
  add(entry: Entry): Promise<void>;
  problem(file: string, reason: string): Promise<void>;
  /** The index is valid as long as everything stamped stays as it is; stamp before reading. */
  stamp(path: string): Promise<void>;
  /** Path where files may be written meanwhile, which their writer removes. */
  readonly scratch: string;
}

export interface SourceIndex<Entry> extends AsyncDisposable {
  readonly entries: EntryReader<Entry>;
  readonly problems: EntryReader<Problem>;
  readonly identity: string;
}

interface Head {
  readonly format: number;
  readonly stamps: readonly Stamp[];
  readonly identity: string;
}

/** Whether the files that an entry names are as they were when it was made. */
export type IsCurrent<Entry> = (entry: Entry) => Promise<boolean>;

/**
 * `settings`: what the entries depend on besides the files. `build` fills an index in order. `isCurrent` is asked of each entry
 * of an index that was built before; without it nothing but what was stamped counts.
 */
export async function openIndex<Entry>(
  path: string,
  settings: string,
  build: (builder: IndexBuilder<Entry>) => Promise<void>,
  isCurrent?: IsCurrent<Entry>,
): Promise<SourceIndex<Entry>> {
  const name = createHash("sha256")
    .update(`${await realpath(path)}\0${settings}`)
    .digest("hex");
  const folder = join(await cacheFolder(), name.slice(0, 32));
  const accept = ({ entries, stamps }: OpenedIndex<Entry>) => isFresh(stamps, entries, isCurrent);
  const found = await openInstalled(folder, accept);
  if (found) return found;
  const partial = `${folder}.${randomUUID().slice(0, 8)}`;
  try {
    makeFolder(partial);
    await fill(partial, build);
    const index = await install(partial, folder, accept);
    await sweepIndexes(dirname(folder));
    return index;
  } finally {
    await rm(partial, { recursive: true, force: true });
    await rm(partial + ASIDE, { recursive: true, force: true });
  }
}

/** Of an older index that makes room. */
const ASIDE = ".old";
const MOST_ATTEMPTS = 20;

/**
 * Puts the index into its place and opens it, or the one of another command that opens the same source at this time: its index is
 * as good, and may take the place of this one before it is open.
 */
async function install<Entry>(
  partial: string,
  folder: string,
  accept: Accept<Entry>,
): Promise<SourceIndex<Entry>> {
  let installed = false;
  let cause: unknown;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    // Its own is taken even where the source has changed meanwhile.
    const index = await openInstalled(folder, installed ? async () => true : accept);
    if (index) return index;
    try {
      if (installed) throw new Error("it is gone");
      await rename(folder, partial + ASIDE).catch(() => undefined);
      await rename(partial, folder);
      installed = true;
    } catch (error) {
      cause = error;
      await setTimeout(10);
    }
  }
  throw new DalleError(
    "io",
    `Cannot keep an index in ${folder} (${(cause as Error).message}); check its permissions.`,
    { cause },
  );
}

type OpenedIndex<Entry> = SourceIndex<Entry> & { readonly stamps: readonly Stamp[] };
type Accept<Entry> = (index: OpenedIndex<Entry>) => Promise<boolean>;

/** Undefined where there is no whole index, or none that is accepted. */
async function openInstalled<Entry>(
  folder: string,
  accept: Accept<Entry>,
): Promise<SourceIndex<Entry> | undefined> {
  const head = await readHead(folder);
  if (!head) return undefined;
  const index = await openFolder<Entry>(folder, head).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (!index || (await accept(index))) return index;
  await index[Symbol.asyncDispose]();
  return undefined;
}

async function fill<Entry>(
  folder: string,
  build: (builder: IndexBuilder<Entry>) => Promise<void>,
): Promise<void> {
  const entries = await EntryWriter.create<Entry>(join(folder, "entries"));
  const problems = await EntryWriter.create<Problem>(join(folder, "problems"));
  const stamps: Stamp[] = [];
  try {
    await build({
      add: (entry) => entries.add(entry),
      problem: (file, reason) => problems.add({ file, reason }),
      stamp: async (path) => {
        stamps.push(await stampOf(path));
      },
      scratch: join(folder, "scratch"),
    });
  } finally {
    await entries.close();
    await problems.close();
  }
  const identity = await sha256OfFile(join(folder, "entries"));
  const head: Head = { format: FORMAT, stamps, identity };
  await writeFile(join(folder, HEAD), JSON.stringify(head));
}

async function openFolder<Entry>(
  folder: string,
  { identity, stamps }: Head,
): Promise<OpenedIndex<Entry>> {
  // What is not used for long is removed.
  await utimes(join(folder, HEAD), new Date(), new Date()).catch(() => undefined);
  const entries = await EntryReader.open<Entry>(join(folder, "entries"));
  const problems = await EntryReader.open<Problem>(join(folder, "problems")).catch(
    async (error) => {
      await entries[Symbol.asyncDispose]();
      throw error;
    },
  );
  return {
    entries,
    problems,
    identity,
    stamps,
    [Symbol.asyncDispose]: async () => {
      await entries[Symbol.asyncDispose]();
      await problems[Symbol.asyncDispose]();
    },
  };
}

async function readHead(folder: string): Promise<Head | undefined> {
  try {
    const head = JSON.parse(await readFile(join(folder, HEAD), "utf8")) as Head;
    return head.format === FORMAT ? head : undefined;
  } catch {
    return undefined;
  }
}

/** Entries that are asked about at a time. */
const GROUP = 64;

async function isFresh<Entry>(
  stamps: readonly Stamp[],
  entries: AsyncIterable<Entry>,
  isCurrent: IsCurrent<Entry> | undefined,
): Promise<boolean> {
  for (const { path, size, mtimeMs } of stamps) {
    const now = await stampOf(path).catch(() => undefined);
    if (now?.size !== size || now.mtimeMs !== mtimeMs) return false;
  }
  if (!isCurrent) return true;
  let group: Promise<boolean>[] = [];
  for await (const entry of entries) {
    if (group.push(isCurrent(entry)) < GROUP) continue;
    if (!(await Promise.all(group)).every(Boolean)) return false;
    group = [];
  }
  return (await Promise.all(group)).every(Boolean);
}

export async function stampOf(path: string): Promise<Stamp> {
  const { size, mtimeMs } = await stat(path);
  return { path, size, mtimeMs };
}

/** $XDG_CACHE_HOME/dalle-ts, else ~/.cache/dalle-ts, else (a read-only home) a folder for temporary files. */
async function cacheFolder(): Promise<string> {
  const homes = [process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), tmpdir()];
  for (const home of homes) {
    const folder = join(home, "dalle-ts", "sources");
    try {
      makeFolder(folder);
      return folder;
    } catch {}
  }
  return tmpdir();
}
