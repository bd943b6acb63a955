/**
 * @file Tables of vectors in fewer bits: half precision, or 8 bits with a scale for each row. Rows are widened when they are
 * looked up, so that a table takes as little memory as it does on the disk. A table of several, one below the other, is stored
 * as its parts, each under its own name.
 */
import { bytesOf, elementCount, type StoredType } from "../../element-types.js";
import type { Shape } from "../../tensor.js";
import type { Graph } from "../graph.js";
import type { GraphTensor } from "../graph-tensor.js";
import type { StoredReader } from "../graph-weights.js";
import type { Parameter } from "../record.js";
import { narrowFloat16 } from "./float16.js";
import type { WeightFormat } from "./formats.js";
import { rowScales } from "./int8-rows.js";

/** Numbers up to which a table stays as it is: a megabyte is not worth a rounding. */
const SMALL_TABLE = 2 ** 18;

type TableFormat = (table: Parameter, ids: GraphTensor) => GraphTensor;

const lookupFloat16: TableFormat = (table, ids) =>
  stored(ids.graph, table, halves).lookup(ids).cast("f32");

const lookupInt8: TableFormat = (table, ids) => {
  const steps = stored(ids.graph, table, scales).lookup(ids);
  return stored(ids.graph, table, codes).lookup(ids).cast("f32").mul(steps);
};

/** Beside linear layers of each format; a table stays as it is where none is named. */
const tableFormats: Readonly<Partial<Record<WeightFormat, TableFormat>>> = {
  f16: lookupFloat16,
  int8: lookupInt8,
  "int8-rows": lookupInt8,
  int4: lookupInt8,
};

/**
 * Records the rows `ids`, i64 [...], of a table [rows, width] → f32 [..., width]; types and shapes are checked already. Undefined
 * where the table is to stay as it is.
 */
export function narrowLookup(table: Parameter, ids: GraphTensor): GraphTensor | undefined {
  if (elementCount(table.shape) <= SMALL_TABLE) return undefined;
  return tableFormats[ids.graph.weightFormat(table.name, table.shape)]?.(table, ids);
}

/** What is stored of a table under its name and a suffix: as many numbers a row as the table has, or `width`. */
interface Stored {
  readonly suffix: string;
  readonly type: StoredType;
  readonly width?: 1;
  readonly narrow: (values: Float32Array, shape: Shape) => ArrayBufferView;
}

const halves: Stored = { suffix: "float16_rows", type: "f16", narrow: narrowFloat16 };
const codes: Stored = { suffix: "int8_rows", type: "i8", narrow: quantize };
const scales: Stored = { suffix: "int8_row_scales", type: "f32", width: 1, narrow: rowScales };

const nameOf = (table: string, { suffix }: Stored): string => `${table}.${suffix}`;

/** That of each part, one below the other: ONNX Runtime lays them end to end once, when the model is loaded. */
function stored(graph: Graph, table: Parameter, what: Stored): GraphTensor {
  const [first, ...others] = (table.parts ?? [table]).map(({ name, shape, load }) =>
    graph.store({
      name: nameOf(name, what),
      type: what.type,
      shape: shape.with(1, what.width ?? shape[1]!),
      read: async () => bytesOf(what.narrow(await load(), shape)),
    }),
  );
  return first!.concat(others, 0);
}

/** The table [rows, width] again, as the graph has it; undefined where it is stored in another way. */
export async function restoreTable(
  reader: StoredReader,
  table: string,
  shape: Shape,
): Promise<Float32Array | undefined> {
  const half = nameOf(table, halves);
  if (reader.has(half)) return reader.float16(half, shape);
  const code = nameOf(table, codes);
  if (!reader.has(code)) return undefined;
  const [rows, width] = shape as [number, number];
  const steps = await reader.float32(nameOf(table, scales), [rows, 1]);
  return Float32Array.from(
    await reader.int8(code, shape),
    (each, index) => each * steps[Math.floor(index / width)]!,
  );
}

/** values: [rows, width] → codes of the same shape. */
function quantize(values: Float32Array, shape: Shape): Int8Array {
  const steps = rowScales(values, shape);
  const width = shape[1]!;
  return Int8Array.from(values, (value, index) =>
    Math.round(value / steps[Math.floor(index / width)]!),
  );
}
