/** @file Rows of a .jsonl, .csv or .tsv file, one at a time; a row that cannot be read is reported and passed over. */
import { csvRows } from "./csv-rows.js";
import { linesOf } from "./lines.js";

export type Row =
  | { readonly number: number; readonly cells: Readonly<Record<string, unknown>> }
  | { readonly number: number; readonly reason: string };

export const isTable = (path: string): boolean => /\.(jsonl|ndjson|csv|tsv)$/i.test(path);
/** Does its first line name the columns of all rows? */
export const hasHeader = (path: string): boolean => /\.(csv|tsv)$/i.test(path);

/** `number` is the line the row is on (its first one, where a CSV cell has several), from 1. */
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
