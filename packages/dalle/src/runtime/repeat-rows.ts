/** @file What was computed once a caption, for the batch entries that use it. */

/** rows: of one length. rows[order[0]], rows[order[1]], … one behind the other. */
export function repeatRows(rows: readonly Float32Array[], order: readonly number[]): Float32Array {
  const { length } = rows[0]!;
  const all = new Float32Array(order.length * length);
  for (const [entry, row] of order.entries()) all.set(rows[row]!, entry * length);
  return all;
}
