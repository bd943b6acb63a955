/** @file Text files of a run folder that may not be there yet. */
import { readFile } from "node:fs/promises";
import { cannotRead } from "dalle-ts/parts";

/** undefined where there is no such file. Throws `io` where there is one that cannot be read: it is not to be taken for none. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw cannotRead(path, cause as Error);
  }
}
