/** @file The one error class of the house. The server maps `code` to HTTP, the command line to exit codes. */

/** What kind of failure a `DalleError` reports; programs branch on this, people read the message. */
export type DalleErrorCode =
  | "bad_option"
  | "bad_shape"
  | "bad_file"
  | "bad_model"
  | "bad_data"
  | "not_found"
  | "disposed"
  | "aborted"
  | "native"
  | "no_memory"
  | "unsupported"
  | "io";

/** An expected failure. Its message is one sentence that ends with the next step. */
export class DalleError extends Error {
  override readonly name = "DalleError";
  readonly code: DalleErrorCode;

  constructor(code: DalleErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** badOption("topK", "an integer in [1, 8192]", 0) → "topK: expected an integer in [1, 8192], got 0" */
export function badOption(name: string, expected: string, got: unknown): DalleError {
  return new DalleError("bad_option", `${name}: expected ${expected}, got ${shown(got)}`);
}

/** Of a list, and of an object's keys. */
const MOST_SHOWN = 5;

/**
 * Text that reads like a number, and the integers that are none, need their type beside them; NaN and null tell it
 * themselves.
 */
function shown(got: unknown): string {
  if (typeof got === "bigint") return `${got} (bigint)`;
  if (Array.isArray(got)) return got.length > MOST_SHOWN ? `a list of ${got.length}` : `[${got}]`;
  if (ArrayBuffer.isView(got)) return `a ${got.constructor.name} of ${got.byteLength} bytes`;
  if (typeof got === "object" && got !== null)
    return `an object with ${Object.keys(got).slice(0, MOST_SHOWN).join(", ") || "nothing in it"}`;
  const isNumeric = typeof got === "string" && !Number.isNaN(Number(got)); // "" is 0
  return isNumeric ? `${JSON.stringify(got)} (string)` : String(got);
}
