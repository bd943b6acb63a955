/** @file Tables that many pictures share, made when they are first asked for and functions of nothing but their key. */

export function once<Table>(make: () => Table): () => Table {
  let table: Table | undefined;
  return () => {
    table ??= make();
    return table;
  };
}

/** A table for the places of a picture's pixels; that of one side is kept until another side is asked for. */
export function perSide<Table>(make: (side: number) => Table): (side: number) => Table {
  let known: { readonly side: number; readonly table: Table } | undefined;
  return (side) => {
    if (known?.side !== side) known = { side, table: make(side) };
    return known.table;
  };
}
