/**
 * @file Every picture that was made, with its parameters: a SQLite file, and a PNG beside it for each of its rows. A file is
 * written whole before its row and outlives it, and what a killed process left without a row is removed when the library
 * opens: so a listed picture is always there. Files of other names are somebody else's and stay as they are.
 */
import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { DalleError, makeFolder } from "@dalle-ts/tensor";
import { writeFileAtomic } from "dalle-ts/parts";
import { PictureDatabase, type PictureSearch } from "./database.js";
import { LibraryLock } from "./lock.js";
import type { NewPicture, PictureRecord } from "./record.js";

const PICTURE_ID = /^[0-9a-f]{32}$/;
/** A picture of a library, or what a killed process had written of one. */
const PICTURE_FILE = /^([0-9a-f]{32})\.png(\.[0-9a-f]{8}\.partial)?$/;

export class Library implements Disposable {
  readonly #lock: LibraryLock;
  readonly #database: PictureDatabase;
  readonly #pictures: string;

  private constructor(lock: LibraryLock, database: PictureDatabase, pictures: string) {
    this.#lock = lock;
    this.#database = database;
    this.#pictures = pictures;
  }

  /**
   * folder: created if it is missing. One process at a time can have it open. Throws a `DalleError` where pictures are there
   * without their database, or a database without any of its pictures: opening would remove them.
   */
  static open(folder: string): Library {
    const pictures = join(folder, "pictures");
    try {
      makeFolder(pictures);
    } catch (cause) {
      throw new DalleError(
        "io",
        `The library's folder ${folder} cannot be created (${(cause as Error).message}); choose another one with --data.`,
        { cause },
      );
    }
    const lock = new LibraryLock(join(folder, "lock.db"), folder);
    let database: PictureDatabase | undefined;
    try {
      const path = join(folder, "library.db");
      if (!existsSync(path)) requireNoPictures(pictures, path);
      database = new PictureDatabase(path);
      const library = new Library(lock, database, pictures);
      library.#removeRest(path);
      return library;
    } catch (error) {
      database?.close();
      lock[Symbol.dispose]();
      throw error;
    }
  }

  /** A name for a picture to come. */
  static newId(): string {
    return randomBytes(16).toString("hex");
  }

  /** `png`: the picture's file as it will be given out. After a failure nothing of it is left. */
  async add(id: string, picture: NewPicture, png: Uint8Array): Promise<PictureRecord> {
    const record = { ...picture, id, created: Date.now(), favourite: false };
    await writeFileAtomic(this.#pathOf(id), png);
    try {
      this.#database.insert(record);
    } catch (error) {
      await rm(this.#pathOf(id), { force: true });
      throw error;
    }
    return record;
  }

  get(id: string): PictureRecord | undefined {
    return PICTURE_ID.test(id) ? this.#database.get(id) : undefined;
  }

  /** The PNG file of a picture; undefined where there is none, or where somebody else removed it. */
  async read(id: string): Promise<Uint8Array | undefined> {
    if (!this.get(id)) return undefined;
    try {
      return await readFile(this.#pathOf(id));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
  }

  /** Of every picture, newest first. */
  ids(): string[] {
    return this.#database.ids();
  }

  /** Newest first. */
  search(search: PictureSearch): PictureRecord[] {
    return this.#database.search(search);
  }

  /** Whether there is such a picture. */
  setFavourite(id: string, favourite: boolean): boolean {
    return this.#database.setFavourite(id, favourite);
  }

  /** Whether there was such a picture. */
  async delete(id: string): Promise<boolean> {
    if (!this.get(id)) return false;
    this.#database.delete(id);
    await rm(this.#pathOf(id), { force: true });
    return true;
  }

  [Symbol.dispose](): void {
    this.#database.close();
    this.#lock[Symbol.dispose]();
  }

  /** Ids come from `newId` or were compared with it, so that no path leaves the folder. */
  #pathOf(id: string): string {
    return join(this.#pictures, `${id}.png`);
  }

  /** database: its path, for the refusal. */
  #removeRest(database: string): void {
    const known = new Set(this.#database.ids());
    const files = new Set(ownFiles(this.#pictures));
    if (known.size > 0 && ![...known].some((id) => files.has(`${id}.png`))) {
      throw new DalleError(
        "io",
        `${database} lists pictures of which ${this.#pictures} has none; put them back (is a disk not there?), or choose another folder with --data.`,
      );
    }
    for (const name of files) {
      const [, id, partial] = PICTURE_FILE.exec(name)!;
      if (partial || !known.has(id!)) rmSync(join(this.#pictures, name));
    }
    // Somebody else removed these files.
    for (const id of known) if (!files.has(`${id}.png`)) this.#database.delete(id);
  }
}

/** Names of files that a library wrote. */
function ownFiles(pictures: string): string[] {
  return readdirSync(pictures, { withFileTypes: true })
    .filter((entry) => entry.isFile() && PICTURE_FILE.test(entry.name))
    .map(({ name }) => name);
}

/** A library that was never open has none: its database is there before its first picture. */
function requireNoPictures(pictures: string, database: string): void {
  if (ownFiles(pictures).length === 0) return;
  throw new DalleError(
    "io",
    `There are pictures in ${pictures} and no ${database} that lists them; put that file back, or choose another folder with --data.`,
  );
}
