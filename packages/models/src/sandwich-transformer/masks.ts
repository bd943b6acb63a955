/**
 * @file What each state of ruDALL-E's transformer sees [SPEC §7.6, §7.9]. Rows and columns are the paper's; the convolutional
 * square is not, and neither is the rule of the layers.
 */
import { attends, type MaskKind } from "../transformer/masks.js";
import type { SandwichTransformerConfig } from "./config.js";

/** The mask of a layer, counted from 0: a column layer stays one where it is the last. */
export function sandwichLayerMask(layer: number, layers: number): MaskKind {
  if ((layer - 1) % 4 === 0) return "column";
  return layer === layers - 1 ? "convolution" : "row";
}

/**
 * Whether a state sees another; both count from the first of the caption. The masks know nothing of v2's start: there the
 * caption's last state is taken for the first cell of the picture, and every cell for the next one.
 */
export function sandwichSees(
  kind: MaskKind,
  state: number,
  seen: number,
  config: SandwichTransformerConfig,
): boolean {
  if (seen > state) return false;
  const [query, key] = [state - config.textStates, seen - config.textStates];
  if (key < 0) return true;
  if (kind === "convolution") return inSquare(query, key, config);
  const { gridSide, convolutionKernel } = config;
  return attends(kind, query, key, { gridColumns: gridSide, convolutionKernel });
}

/** Whether two cells are at most half a kernel apart, in rows and in columns. */
function inSquare(
  query: number,
  key: number,
  { gridSide, convolutionKernel, release }: SandwichTransformerConfig,
): boolean {
  const half = (convolutionKernel - 1) / 2;
  const near = (a: number, b: number) => {
    const distance = Math.abs(a - b);
    return (release === "v2" ? Math.min(distance, gridSide - distance) : distance) <= half;
  };
  const row = (cell: number) => Math.floor(cell / gridSide);
  return near(row(query), row(key)) && near(query % gridSide, key % gridSide);
}
