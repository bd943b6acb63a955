/**
 * @file Tables of vectors in fewer bits: half precision, or 8 bits with a scale for each row. Rows are widened when they are
 * looked up, so that a table takes as little memory as it does on the disk. A table of several, one below the other, is stored
 * as its parts, each under its own name.
 */
import { bytesOf } from "../../element-types.js";
import type { Shape } from "../../tensor.js";
import type { GraphTensor } from "../graph-tensor.js";
import type { StoredReader } from "../graph-weights.js";
import type { Parameter } from "../record.js";
import { narrowFloat16 } from "./float16.js";
import type { WeightFormat } from "./formats.js";
import { rowScales } from "./int8-rows.js";

/** Records the rows `ids`, i64 [...], of a table [rows, width] → f32 [..., width]; types and shapes are checked already. */
export type TableFormat = (table: Parameter, ids: GraphTensor) => GraphTensor;

const lookupFloat16: TableFormat = (table, ids) => {
  const halves = partsOf(table).map((part) =>
    ids.graph.store({
      name: halvesName(part.name),
      type: "f16",
      shape: part.shape,
      read: async () => bytesOf(narrowFloat16(await part.load())),
    }),
  );
  return joined(halves).lookup(ids).cast("f32");
};

const lookupInt8: TableFormat = (table, ids) => {
  const codes = partsOf(table).map((part) =>
    ids.graph.store({
      name: codesName(part.name),
      type: "i8",
      shape: part.shape,
      read: async () => bytesOf(quantize(await part.load(), part.shape)),
    }),
  );
  const scales = partsOf(table).map((part) =>
    ids.graph.store({
      name: scalesName(part.name),
      type: "f32",
      shape: [part.shape[0]!, 1],
      read: async () => bytesOf(rowScales(await part.load(), part.shape)),
    }),
  );
  return joined(codes).lookup(ids).cast("f32").mul(joined(scales).lookup(ids));
};

/** How a table is stored beside linear layers of each format; in full where none is named. */
export const tableFormats: Readonly<Partial<Record<WeightFormat, TableFormat>>> = {
  f16: lookupFloat16,
  int8: lookupInt8,
  "int8-rows": lookupInt8,
  int4: lookupInt8,
};

/** Numbers up to which a table stays as it is: a megabyte is not worth a rounding. */
export const SMALL_TABLE = 2 ** 18;

const halvesName = (table: string) => `${table}.float16_rows`;
const codesName = (table: string) => `${table}.int8_rows`;
const scalesName = (table: string) => `${table}.int8_row_scales`;

const partsOf = (table: Parameter): readonly Parameter[] => table.parts ?? [table];

/** ONNX Runtime lays stored tensors end to end once, when the model is loaded. */
function joined([first, ...others]: readonly GraphTensor[]): GraphTensor {
  return first!.concat(others, 0);
}

/** The table [rows, width] again, as the graph has it; undefined where it is stored in another way. */
export async function restoreTable(
  stored: StoredReader,
  table: string,
  shape: Shape,
): Promise<Float32Array | undefined> {
  if (stored.has(halvesName(table))) return stored.float16(halvesName(table), shape);
  if (!stored.has(codesName(table))) return undefined;
  const [rows, width] = shape as [number, number];
  const codes = await stored.int8(codesName(table), shape);
  const scales = await stored.float32(scalesName(table), [rows, 1]);
  return Float32Array.from(codes, (code, index) => code * scales[Math.floor(index / width)]!);
}

/** values: [rows, width] → codes of the same shape. */
function quantize(values: Float32Array, shape: Shape): Int8Array {
  const scales = rowScales(values, shape);
  const width = shape[1]!;
  return Int8Array.from(values, (value, index) =>
    Math.round(value / scales[Math.floor(index / width)]!),
  );
}
