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
    this.#database = new Database(path);
    try {
      // A prepared statement would keep the lock until it is collected.
      this.#database.exec("BEGIN EXCLUSIVE");
    } catch (cause) {
      throw new DalleError(
        "io",
        `The library in ${folder} is in use by another server; stop that one, or choose another folder with --data.`,
        { cause },
      );
    }
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }
}
