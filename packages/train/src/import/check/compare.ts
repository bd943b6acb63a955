/** @file How far a result is from what a reference program computed. */
import type { CheckpointArray } from "@dalle-ts/tensor";
import type { ImportFacts } from "../facts.js";
import type { Reference } from "./reference.js";

/** Relative L2 error up to which floats agree: twenty times finer than what a wrong GELU does [SPEC §7.9]. */
export const TOLERANCE = 2e-5;

export interface CheckRow {
  readonly name: string;
  /** Relative L2 error of floats; of integers the share that differ. NaN where there is a problem. */
  readonly error: number;
  /** Why the result cannot be compared. */
  readonly problem?: "missing" | "of another length" | "not a number";
  /** Whether the numbers are integers, which must be equal. */
  readonly exact: boolean;
  readonly ok: boolean;
}

/** What became of a comparison. */
export interface CheckedImport {
  readonly rows: readonly CheckRow[];
  /** What no file tells, as the reference's results came out with it. */
  readonly found?: Pick<ImportFacts, "heads" | "textHeads">;
}

/** One row per expected tensor, in the order of `found`; what was not computed comes last and fails. */
export function compareAll(
  reference: Reference,
  found: ReadonlyMap<string, CheckpointArray>,
): CheckRow[] {
  const names = new Set([...found.keys(), ...reference.expected.keys()]);
  return [...names].flatMap((name) => {
    const expected = reference.expected.get(name)?.data;
    return expected ? [compare(name, found.get(name), expected)] : [];
  });
}

function compare(
  name: string,
  found: CheckpointArray | undefined,
  expected: CheckpointArray,
): CheckRow {
  const exact = !(expected instanceof Float32Array);
  const refused = (problem: CheckRow["problem"] & string): CheckRow => {
    return { name, error: Number.NaN, problem, exact, ok: false };
  };
  if (!found) return refused("missing");
  if (found.length !== expected.length) return refused("of another length");
  const error = exact ? shareDiffering(found, expected) : relativeL2(found, expected);
  if (Number.isNaN(error)) return refused("not a number");
  return { name, error, exact, ok: error <= (exact ? 0 : TOLERANCE) };
}

function shareDiffering(found: CheckpointArray, expected: CheckpointArray): number {
  let differing = 0;
  for (let index = 0; index < expected.length; index++)
    if (Number(found[index]) !== Number(expected[index])) differing++;
  return differing / Math.max(1, expected.length);
}

function relativeL2(found: CheckpointArray, expected: CheckpointArray): number {
  let [difference, norm] = [0, 0];
  for (let index = 0; index < expected.length; index++) {
    difference += (Number(found[index]) - Number(expected[index])) ** 2;
    norm += Number(expected[index]) ** 2;
  }
  return Math.sqrt(difference / (norm || 1));
}

/** "tokens exact", "logits 1.3e-7", then "5/5 within 2e-5". */
export function checkText(rows: readonly CheckRow[]): string[] {
  const lines = rows.map(({ name, error, problem, exact, ok }) => {
    if (problem) return `${name} ${problem}`;
    if (exact) return `${name} ${ok ? "exact" : "differs"}`;
    return `${name} ${error.toExponential(1)}`;
  });
  const passed = rows.filter(({ ok }) => ok).length;
  return [...lines, `${passed}/${rows.length} within ${TOLERANCE.toExponential()}`];
}
