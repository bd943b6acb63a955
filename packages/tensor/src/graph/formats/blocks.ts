/** @file Weights that are stored as codes, with a scale for every block of a row; rows are filled up to whole blocks. */

/** codeAt: the code at a place of all blocks, less the one that stands for 0 → [outputs, inputs]. */
export function restoreBlocks(
  [outputs, inputs]: readonly [outputs: number, inputs: number],
  blockSize: number,
  scales: Float32Array,
  codeAt: (place: number) => number,
): Float32Array {
  const length = Math.ceil(inputs / blockSize) * blockSize;
  const restored = new Float32Array(outputs * inputs);
  for (let row = 0; row < outputs; row++) {
    for (let column = 0; column < inputs; column++) {
      const place = row * length + column;
      restored[row * inputs + column] = codeAt(place) * scales[Math.floor(place / blockSize)]!;
    }
  }
  return restored;
}
