/**
 * @file Rows of a .csv or .tsv file, whose first row names the columns. A quotation mark that is never closed costs its own
 * row alone: the lines behind it are read as if it were not there. Parsers of CSV take all the rest of the file for that
 * cell, which is why this is no library's.
 */
import { DalleError } from "@dalle-ts/tensor";
import { MOST_LINE_BYTES } from "./limits.js";
import { type Line, linesOf } from "./lines.js";
import type { Row } from "./table-rows.js";

/** The cells of one row, or why there are none. */
type CellRow =
  | { readonly number: number; readonly cells: readonly string[] }
  | { readonly number: number; readonly reason: string };

export async function* csvRows(path: string, onBytes: (done: number) => void): AsyncGenerator<Row> {
  await using lines = new LineQueue(linesOf(path, onBytes));
  const delimiter = /\.tsv$/i.test(path) ? "\t" : delimiterOf(await headOf(lines));
  let names: readonly string[] | undefined;
  for (let row = await nextRow(lines, delimiter); row; row = await nextRow(lines, delimiter)) {
    if (names && "cells" in row) yield named(names, row.cells, row.number);
    else if (names && "reason" in row) yield row;
    else if ("cells" in row) names = row.cells;
    else {
      throw new DalleError(
        "bad_data",
        `${path} does not tell what its columns are: line ${row.number} ${row.reason}; begin the file with a line of their names.`,
      );
    }
  }
}

function named(names: readonly string[], cells: readonly string[], number: number): Row {
  if (cells.slice(names.length).some((cell) => cell.trim() !== "")) {
    return {
      number,
      reason: `has ${cells.length} cells for ${names.length} columns; put quotation marks around a caption with the delimiter in it`,
    };
  }
  return { number, cells: Object.fromEntries(names.map((name, at) => [name, cells[at]])) };
}

/** The next row that is not empty; undefined at the end. */
async function nextRow(lines: LineQueue, delimiter: string): Promise<CellRow | undefined> {
  let first = await lines.next();
  while (first?.text === "") first = await lines.next();
  if (!first) return undefined;
  const { number, text } = first;
  if (text === undefined) return { number, reason: "is longer than 1 MB" };
  // Nobody quotes cells between tabs.
  if (delimiter === "\t" || !text.includes('"')) return { number, cells: text.split(delimiter) };

  const row = new QuotedRow(delimiter);
  let state = row.add(text);
  let length = text.length;
  const taken: Line[] = [];
  while (state === "open") {
    const line = await lines.next();
    if (line) taken.push(line);
    length += line?.text?.length ?? 0;
    const isEnd = line?.text === undefined || length > MOST_LINE_BYTES;
    state = isEnd ? "stray" : row.add(line.text);
  }
  if (state === "whole") return { number, cells: row.cells };
  lines.putBack(taken);
  return {
    number,
    reason:
      "begins a cell with a quotation mark that is never closed; delete the mark, or put one behind the cell too",
  };
}

/**
 * A row with quotation marks in it. Within one line people write them as they like, and a cell that is not closed right is
 * taken by the letter. Over several lines only the rule counts (a mark inside of a cell is written twice): else a stray
 * mark would swallow all rows up to the next one.
 */
class QuotedRow {
  readonly cells: string[] = [];
  readonly #delimiter: string;
  /** The lines of a cell that goes on in the next one. */
  #open: string[] | undefined;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  add(text: string): "whole" | "open" | "stray" {
    let at = 0;
    if (this.#open) {
      const end = closingMark(text, 0);
      this.#open.push(end < 0 ? text : text.slice(0, end));
      if (end < 0) return "open";
      if (!this.#isCellEnd(text, end + 1)) return "stray";
      this.cells.push(unquoted(this.#open.join("\n")));
      this.#open = undefined;
      at = end + 2;
    }
    while (at <= text.length) {
      const mark = text[at] === '"' ? closingMark(text, at + 1) : undefined;
      if (mark === -1) {
        this.#open = [text.slice(at + 1)];
        return "open";
      }
      if (mark !== undefined && this.#isCellEnd(text, mark + 1)) {
        this.cells.push(unquoted(text.slice(at + 1, mark)));
        at = mark + 2;
      } else {
        const next = text.indexOf(this.#delimiter, at);
        const end = next < 0 ? text.length : next;
        this.cells.push(text.slice(at, end));
        at = end + 1;
      }
    }
    return "whole";
  }

  #isCellEnd(text: string, at: number): boolean {
    return at === text.length || text[at] === this.#delimiter;
  }
}

const unquoted = (cell: string): string => cell.replaceAll('""', '"');

/** Where the first quotation mark is that is not written twice; -1 where there is none. */
function closingMark(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return -1;
}

/** Lines that the columns' names take at most. */
const MOST_HEAD_LINES = 100;

/** The line of the columns' names, or lines where one of the names has several; they stay in the queue. */
async function headOf(lines: LineQueue): Promise<string> {
  const taken: Line[] = [];
  let head = "";
  const isOpen = () => head.trim() === "" || head.split('"').length % 2 === 0;
  while (isOpen() && taken.length < MOST_HEAD_LINES) {
    const line = await lines.next();
    if (!line) break;
    taken.push(line);
    head += `${line.text ?? ""}\n`;
  }
  lines.putBack(taken);
  return head;
}

/** The one that the names have more of, outside of quotation marks: a caption may have the other. */
function delimiterOf(head: string): "," | ";" {
  const [names = ""] = head
    .trimStart()
    .replace(/"[^"]*"/g, "")
    .split("\n", 1);
  const count = (delimiter: string) => names.split(delimiter).length;
  return count(";") > count(",") ? ";" : ",";
}

/** Lines that can be put back. */
class LineQueue implements AsyncDisposable {
  readonly #source: AsyncGenerator<Line>;
  /** Those that were put back, the next one last: an array is slow at its front. */
  readonly #waiting: Line[] = [];
  #isOldMac: boolean | undefined;

  constructor(source: AsyncGenerator<Line>) {
    this.#source = source;
  }

  async next(): Promise<Line | undefined> {
    const waiting = this.#waiting.pop();
    if (waiting) return waiting;
    const { value: line } = (await this.#source.next()) as { value: Line | undefined };
    // Spreadsheets on a Mac used to end lines with a carriage return alone, and some still offer it.
    this.#isOldMac ??= line?.text?.includes("\r") ?? false;
    if (!this.#isOldMac || line?.text === undefined) return line;
    const { number, text } = line;
    this.putBack(text.split("\r").map((each, at) => ({ number: number + at, text: each })));
    return this.#waiting.pop();
  }

  /** lines: in their order. */
  putBack(lines: readonly Line[]): void {
    for (const line of lines.toReversed()) this.#waiting.push(line);
  }

  /** Closes the file where the lines are not read to their end. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#source.return(undefined);
  }
}
