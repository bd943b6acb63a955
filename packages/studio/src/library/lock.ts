/**
 * @file One process at a time has a library open: two would tidy up each other's files. The lock is one of SQLite's, which
 * ends with its process, however that ends.
 */
import { DalleError } from "@dalle-ts/tensor";
import Database from "libsql";

export class LibraryLock implements Disposable {
  readonly #database: Database.Database;

  /** path: of the lock file. folder: named in the refusal. */
  constructor(path: string, folder: string) {
    let database: Database.Database | undefined;
    try {
      database = new Database(path);
      // A prepared statement would keep the lock until it is collected.
      database.exec("BEGIN EXCLUSIVE");
    } catch (cause) {
      database?.close();
      throw explain(path, folder, cause as Error);
    }
    this.#database = database;
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }
}

function explain(path: string, folder: string, cause: Error): DalleError {
  const isTaken = (cause as { code?: string }).code === "SQLITE_BUSY";
  const message = isTaken
    ? `The library in ${folder} is in use by another server; stop that one`
    : `The library's lock ${path} cannot be opened (${cause.message}); see that this program may write there`;
  return new DalleError("io", `${message}, or choose another folder with --data.`, { cause });
}
