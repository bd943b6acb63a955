/** @file Rows of a .jsonl, .csv or .tsv file, one at a time; a row that cannot be read is reported and passed over. */
import { Readable } from "node:stream";
import { parse } from "csv-parse";
import { MOST_LINE_BYTES } from "./limits.js";
import { linesOf } from "./lines.js";

export type Row =
  | { readonly number: number; readonly cells: Readonly<Record<string, unknown>> }
  | { readonly number: number; readonly reason: string };

export const isTable = (path: string): boolean => /\.(jsonl|ndjson|csv|tsv)$/i.test(path);

/** `number` is the line the row is on (its last one, where a CSV cell has several), from 1. */
export function rowsOf(path: string, onBytes: (done: number) => void): AsyncIterable<Row> {
  if (/\.(csv|tsv)$/i.test(path)) return csvRows(path, onBytes);
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

async function* csvRows(path: string, onBytes: (done: number) => void): AsyncGenerator<Row> {
  const problems: Row[] = [];
  const parser = parse({
    columns: true,
    delimiter: /\.tsv$/i.test(path) ? "\t" : [",", ";"],
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
  const lines = Readable.from(textLines(path, onBytes));
  lines.on("error", (error) => parser.destroy(error));
  for await (const { record, info } of lines.pipe(parser)) {
    yield* problems.splice(0);
    yield { number: info.lines, cells: record };
  }
  yield* problems;
}

/** Many lines at a time: each piece costs the parser more than a line does. */
async function* textLines(path: string, onBytes: (done: number) => void): AsyncGenerator<string> {
  let piece = "";
  for await (const { text } of linesOf(path, onBytes)) {
    if (text !== undefined) piece += `${text}\n`;
    if (piece.length < 1 << 16) continue;
    yield piece;
    piece = "";
  }
  yield piece;
}
