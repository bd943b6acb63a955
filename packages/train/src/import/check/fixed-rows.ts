/** @file Rows of ids in one length, as the reference programs feed them. */

/** Each row cut to `length`, or filled up with `padding`; one behind the other. */
export function fixedRows(
  rows: readonly (readonly number[])[],
  length: number,
  padding: number,
): BigInt64Array {
  const fixed = rows.flatMap((row) =>
    [...row, ...Array<number>(length).fill(padding)].slice(0, length),
  );
  return BigInt64Array.from(fixed, BigInt);
}
