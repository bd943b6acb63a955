/** @file The nearest code as the highest score of a linear layer: |x − e|² is least where x · e − |e|² / 2 is greatest. */

/** codebook: [codes, codeWidth] row-major → −|e|² / 2 of each row. */
export function nearestCodeBias(
  codebook: Float32Array,
  { codes, codeWidth }: { readonly codes: number; readonly codeWidth: number },
): Float32Array {
  return Float32Array.from({ length: codes }, (_, code) => {
    const row = codebook.subarray(code * codeWidth, (code + 1) * codeWidth);
    return row.reduce((sum, value) => sum + value * value, 0) / -2;
  });
}
