/** @file A folder that one process at a time fills: two would remove each other's unfinished files. */
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { DalleError } from "../errors.js";
import { makeFolder } from "./make-folder.js";

/**
 * Makes the folder if it is not there, and holds it until disposed, or until the process ends in whatever way. Callers
 * `return await` inside its scope, or it is released too early. `work`: what is done there, as "trains in". Throws `io` where
 * nothing can be written or another process holds it.
 */
export async function holdFolder(directory: string, work: string): Promise<AsyncDisposable> {
  try {
    makeFolder(directory);
    await access(directory, constants.W_OK);
  } catch (cause) {
    throw new DalleError(
      "io",
      `Cannot write to ${directory} (${(cause as Error).message}); check its permissions, or choose another folder with -o.`,
      { cause },
    );
  }
  const { dev, ino } = await stat(directory, { bigint: true });
  const server = await listen(`\0dalle-ts/folder/${dev}:${ino}`).catch((cause) => {
    if (cause.code !== "EADDRINUSE") return undefined; // a system without such names holds nothing
    throw new DalleError(
      "io",
      `Another process ${work} ${directory}; wait for it, or choose another folder with -o.`,
      { cause },
    );
  });
  return {
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve())),
  };
}

/** A name in Linux's abstract namespace is of no file: the kernel gives it back with the process, and nothing stale can stay. */
function listen(name: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer().unref();
    server.once("error", reject).listen(name, () => resolve(server));
  });
}
