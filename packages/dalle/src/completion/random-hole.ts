/** @file Which part of a picture a variation draws anew. */

/**
 * A rectangle of about `share` (in (0, 1)) of a grid of side × side codes, of random shape and place.
 * random: numbers in [0, 1). Result: a byte for each code in raster order, 1 where it is kept; never all, never none.
 */
export function keptAroundHole(side: number, share: number, random: () => number): Uint8Array {
  const area = share * side * side;
  const shortest = Math.ceil(share * side);
  const height = shortest + Math.floor(random() * (side - shortest + 1));
  const widest = height === side ? side - 1 : side;
  const width = Math.min(widest, Math.max(1, Math.round(area / height)));
  const top = Math.floor(random() * (side - height + 1));
  const left = Math.floor(random() * (side - width + 1));
  return Uint8Array.from({ length: side * side }, (_, index) => {
    const [row, column] = [Math.floor(index / side), index % side];
    const isInside = row >= top && row < top + height && column >= left && column < left + width;
    return isInside ? 0 : 1;
  });
}
