/**
 * @file Which earlier image states each image state sees: the paper's row, column and convolutional masks
 * [SPEC §2.3]. Image states are numbered in raster order; every state also sees itself and all text states.
 */
import type { TransformerConfig } from "./config.js";

export type MaskKind = "row" | "column" | "convolution";

export const maskKinds: readonly MaskKind[] = ["row", "column", "convolution"];

/** Layers after which masks repeat, but for the last layer's. */
export const MASK_PERIOD = 4;

/** The mask of layer `layer` (1-based): row, column, row, row, repeated; the last layer is convolutional. */
export function layerMask(layer: number, layers: number): MaskKind {
  if (layer === layers) return "convolution";
  return (layer - 2) % MASK_PERIOD === 0 ? "column" : "row";
}

type Grid = Pick<TransformerConfig, "gridColumns" | "convolutionKernel">;

/** Whether image state `query` sees image state `key`; both are raster indices. */
export function attends(kind: MaskKind, query: number, key: number, grid: Grid): boolean {
  const offset = query - key;
  if (offset < 0) return false;
  const columns = grid.gridColumns;
  switch (kind) {
    case "row": // back to the same column of the previous row
      return offset <= columns;
    case "column":
      return offset % columns === 0;
    case "convolution":
      return isKernelOffset(offset, columns, (grid.convolutionKernel - 1) / 2);
  }
}

/** offset = rowsUp · columns − right with rowsUp ∈ [0, half], right ∈ [−half, half], right ≤ 0 in the state's own row. */
function isKernelOffset(offset: number, columns: number, half: number): boolean {
  for (let rowsUp = 0; rowsUp <= half; rowsUp++) {
    const right = rowsUp * columns - offset;
    if (Math.abs(right) <= half && (rowsUp > 0 || right <= 0)) return true;
  }
  return false;
}

/** How far back the mask reaches, in raster positions: an earlier state at a greater distance is never seen. */
export function maskExtent(kind: MaskKind, config: TransformerConfig): number {
  const states = config.gridRows * config.gridColumns;
  const half = (config.convolutionKernel - 1) / 2;
  const extent = {
    row: config.gridColumns,
    column: states - config.gridColumns,
    convolution: half * config.gridColumns + half,
  }[kind];
  return Math.min(extent, states - 1);
}
