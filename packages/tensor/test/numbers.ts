/** @file Numbers for tests: data that looks random and is the same in every run, and how far two results differ. */

/** Values in (−0.5, 0.5) without a pattern that a layer could cancel. */
export function wave(length: number, scale = 1): Float32Array {
  return Float32Array.from({ length }, (_, index) => {
    const hashed = Math.sin(index * 12.9898 + length) * 43758.5453;
    return scale * (hashed - Math.floor(hashed) - 0.5);
  });
}

/** L2 norm of the difference over that of `expected`. */
export function relativeError(found: Float32Array, expected: Float32Array): number {
  const norm = (values: Float32Array) => Math.sqrt(values.reduce((sum, x) => sum + x * x, 0));
  return norm(found.map((value, index) => value - expected[index]!)) / norm(expected);
}
