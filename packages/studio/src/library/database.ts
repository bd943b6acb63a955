/** @file The SQLite file of a library: its table, and rows to records and back. Knows of no picture files. */
import { DalleError } from "@dalle-ts/tensor";
import Database from "libsql";
import type { PictureRecord } from "./record.js";

const schema = `
  CREATE TABLE IF NOT EXISTS pictures (
    id TEXT PRIMARY KEY,
    created INTEGER NOT NULL,
    request TEXT NOT NULL,
    kind TEXT NOT NULL,
    caption TEXT NOT NULL,
    seed INTEGER NOT NULL,
    settings TEXT NOT NULL,
    model TEXT NOT NULL,
    modelHash TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    score REAL,
    favourite INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX IF NOT EXISTS newest ON pictures (created DESC, id);
`;
/** Raised when the table changes, so that a program that does not know the new one leaves it alone. */
const VERSION = 1;

export interface PictureSearch {
  /** Words that the caption contains, in any order, and of ASCII letters in any case. @default every caption */
  readonly words?: string;
  /** Only these. @default all */
  readonly favourites?: boolean;
  /** Leave out this many of the newest. @default 0 */
  readonly skip?: number;
  /** @default 50 */
  readonly limit?: number;
}

interface Row extends Omit<PictureRecord, "settings" | "favourite" | "score"> {
  readonly settings: string;
  readonly favourite: number;
  readonly score: number | null;
}

export class PictureDatabase {
  readonly #database: Database.Database;

  /** Opens the file, and creates it if it is missing. */
  constructor(path: string) {
    let database: Database.Database | undefined;
    try {
      database = new Database(path);
      requireKnownVersion(database, path);
      database.pragma("journal_mode = WAL");
      database.pragma("synchronous = NORMAL");
      database.exec(schema);
      database.pragma(`user_version = ${VERSION}`);
    } catch (cause) {
      database?.close();
      throw cause instanceof DalleError ? cause : explain(path, cause as Error);
    }
    this.#database = database;
  }

  insert(record: PictureRecord): void {
    const { settings, favourite, score = null, ...plain } = record;
    this.#database
      .prepare(
        `INSERT INTO pictures VALUES (@id, @created, @request, @kind, @caption, @seed, @settings,
           @model, @modelHash, @width, @height, @score, @favourite)`,
      )
      .run({ ...plain, score, settings: JSON.stringify(settings), favourite: Number(favourite) });
  }

  get(id: string): PictureRecord | undefined {
    const row = this.#database.prepare("SELECT * FROM pictures WHERE id = ?").get(id);
    return row === undefined ? undefined : recordOf(row as Row);
  }

  /** Newest first. */
  search({ words = "", favourites = false, skip = 0, limit = 50 }: PictureSearch): PictureRecord[] {
    const wanted = words.split(/\s+/).filter((word) => word !== "");
    const conditions = [
      ...(favourites ? ["favourite = 1"] : []),
      ...wanted.map(() => "caption LIKE ? ESCAPE '\\'"),
    ];
    const where = conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`;
    const rows = this.#database
      .prepare(`SELECT * FROM pictures ${where} ORDER BY created DESC, rowid DESC LIMIT ? OFFSET ?`)
      .all(...wanted.map((word) => `%${word.replace(/[\\%_]/g, "\\$&")}%`), limit, skip);
    return (rows as Row[]).map(recordOf);
  }

  setFavourite(id: string, favourite: boolean): boolean {
    const statement = this.#database.prepare("UPDATE pictures SET favourite = ? WHERE id = ?");
    return statement.run(Number(favourite), id).changes > 0;
  }

  delete(id: string): boolean {
    return this.#database.prepare("DELETE FROM pictures WHERE id = ?").run(id).changes > 0;
  }

  /** Newest first. */
  ids(): string[] {
    const rows = this.#database
      .prepare("SELECT id FROM pictures ORDER BY created DESC, rowid DESC")
      .all();
    return (rows as { id: string }[]).map(({ id }) => id);
  }

  close(): void {
    this.#database.close();
  }
}

function recordOf({ settings, favourite, score, ...plain }: Row): PictureRecord {
  return {
    ...plain,
    settings: JSON.parse(settings),
    favourite: favourite === 1,
    ...(score === null ? {} : { score }),
  };
}

/** A new file has version 0. */
function requireKnownVersion(database: Database.Database, path: string): void {
  const [{ user_version: version }] = database.pragma("user_version") as [{ user_version: number }];
  if (version <= VERSION) return;
  throw new DalleError(
    "io",
    `The library ${path} was written by a newer version of this program; install that one, or choose another folder with --data.`,
  );
}

function explain(path: string, cause: Error): DalleError {
  return new DalleError(
    "io",
    `The library ${path} cannot be opened (${cause.message}); move its folder away, or choose another one with --data.`,
    { cause },
  );
}
