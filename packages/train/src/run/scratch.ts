/**
 * @file Folders for what is made on the way to a sheet: in the run folder, since the system's place for temporary files
 * may be small.
 */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

const PREFIX = ".scratch-";

/** Runs `body` with an empty folder below `directory`, which exists; the folder is gone afterwards. */
export async function withScratch<R>(
  directory: string,
  body: (folder: string) => Promise<R>,
): Promise<R> {
  const folder = await mkdtemp(join(directory, PREFIX));
  try {
    return await body(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes what a run that was killed has left below `directory`. */
export async function removeScratch(directory: string): Promise<void> {
  for (const name of await readdir(directory).catch(() => [])) {
    if (name.startsWith(PREFIX)) await rm(join(directory, name), { recursive: true, force: true });
  }
}
