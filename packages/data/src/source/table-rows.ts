/** @file Rows of a .jsonl, .csv or .tsv file, one at a time; a row that cannot be read is reported and passed over. */
import { Readable } from "node:stream";
import { parse } from "csv-parse";
import { MOST_LINE_BYTES } from "./limits.js";
import { linesOf } from "./lines.js";

export type Row =
  | { readonly number: number; readonly cells: Readonly<Record<string, unknown>> }
  | { readonly number: number; readonly reason: string };

export const isTable = (path: string): boolean => /\.(jsonl|ndjson|csv|tsv)$/i.test(path);
/** Does its first line name the columns of all rows? */
export const hasHeader = (path: string): boolean => /\.(csv|tsv)$/i.test(path);

/** `number` is the line the row is on (its last one, where a CSV cell has several), from 1. */
export function rowsOf(path: string, onBytes: (done: number) => void): AsyncIterable<Row> {
  if (hasHeader(path)) return csvRows(path, onBytes);
  return jsonRows(path, onBytes);
}

async function* jsonRows(path: string, onBytes: (done: number) => void): AsyncGenerator<Row> {
  for await (const { number, text } of linesOf(path, onBytes)) {
    if (text === undefined) yield { number, reason: "is longer than 1 MB" };
    else if (text.trim() !== "") yield jsonRow(number, text);
  }
}

function jsonRow(number: number, text: string): Row {
  try {
    const cells = JSON.parse(text) as unknown;
    if (typeof cells === "object" && cells !== null && !Array.isArray(cells)) {
      return { number, cells: cells as Record<string, unknown> };
    }
  } catch {}
  return { number, reason: "is not a JSON object" };
}

/** The first row names the columns. */
async function* csvRows(path: string, onBytes: (done: number) => void): AsyncGenerator<Row> {
  const problems: Row[] = [];
  const pieces = textPieces(path, onBytes, (number) =>
    problems.push({ number, reason: "is longer than 1 MB" }),
  );
  const first = (await pieces.next()).value ?? "";
  const isTabs = /\.tsv$/i.test(path);
  const parser = parse({
    delimiter: isTabs ? "\t" : delimiterOf(first),
    // Nobody quotes cells between tabs, and a quotation mark that begins one would swallow the rows behind it.
    quote: isTabs ? false : '"',
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: MOST_LINE_BYTES,
    skip_records_with_error: true,
    on_skip: (error) => {
      problems.push({
        number: Number(error?.lines ?? 0),
        reason: `is not a row of CSV (${String(error?.message).split("\n")[0]})`,
      });
    },
  });
  const text = Readable.from(joined(first, pieces));
  text.on("error", (error) => parser.destroy(error));
  let names: readonly string[] | undefined;
  try {
    for await (const { record, info } of text.pipe(parser)) {
      yield* problems.splice(0);
      if (names) yield rowOf(names, record, info.lines);
      else names = record;
    }
    yield* problems;
  } finally {
    text.destroy(); // closes the file where the rows are not read to their end
  }
}

function rowOf(names: readonly string[], cells: readonly string[], number: number): Row {
  if (cells.slice(names.length).some((cell) => cell.trim() !== "")) {
    return {
      number,
      reason: `has ${cells.length} cells for ${names.length} columns; put quotation marks around a caption with the delimiter in it`,
    };
  }
  return { number, cells: Object.fromEntries(names.map((name, at) => [name, cells[at]])) };
}

/** The one that the line of names has more of, outside of quotation marks: a caption may have the other. */
function delimiterOf(text: string): "," | ";" {
  const [header = ""] = text
    .trimStart()
    .replace(/"[^"]*"/g, "")
    .split("\n", 1);
  const count = (delimiter: string) => header.split(delimiter).length;
  return count(";") > count(",") ? ";" : ",";
}

async function* joined(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}

/** Many lines at a time: each piece costs the parser more than a line does. */
async function* textPieces(
  path: string,
  onBytes: (done: number) => void,
  onTooLong: (number: number) => void,
): AsyncGenerator<string, undefined> {
  let piece = "";
  for await (const { number, text } of linesOf(path, onBytes)) {
    if (text === undefined) onTooLong(number);
    // An empty line in its place, so that the lines behind it keep their numbers.
    piece += `${text ?? ""}\n`;
    if (piece.length < 1 << 16) continue;
    yield piece;
    piece = "";
  }
  yield piece;
}
