/**
 * @file The part of ONNX's protobuf schema (onnx.proto, field numbers of the specification) that the recorder
 * writes, and reads back for the weights in it.
 */
import protobuf from "protobufjs/light.js";
import { DalleError } from "../errors.js";

type Field = { id: number; type: string; rule?: "repeated"; options?: { packed: boolean } };

const one = (id: number, type: string): Field => ({ id, type });
const many = (id: number, type: string): Field => ({ id, type, rule: "repeated" });

const messages: Record<string, Record<string, Field>> = {
  ModelProto: {
    irVersion: one(1, "int64"),
    producerName: one(2, "string"),
    graph: one(7, "GraphProto"),
    opsetImport: many(8, "OperatorSetIdProto"),
    metadataProps: many(14, "StringStringEntryProto"),
  },
  OperatorSetIdProto: { domain: one(1, "string"), version: one(2, "int64") },
  StringStringEntryProto: { key: one(1, "string"), value: one(2, "string") },
  GraphProto: {
    node: many(1, "NodeProto"),
    name: one(2, "string"),
    initializer: many(5, "TensorProto"),
    input: many(11, "ValueInfoProto"),
    output: many(12, "ValueInfoProto"),
  },
  NodeProto: {
    input: many(1, "string"),
    output: many(2, "string"),
    name: one(3, "string"),
    opType: one(4, "string"),
    attribute: many(5, "AttributeProto"),
    domain: one(7, "string"),
  },
  AttributeProto: {
    name: one(1, "string"),
    f: one(2, "float"),
    i: one(3, "int64"),
    s: one(4, "bytes"),
    ints: many(8, "int64"),
    type: one(20, "int32"),
  },
  TensorProto: {
    dims: many(1, "int64"),
    dataType: one(2, "int32"),
    name: one(8, "string"),
    rawData: one(9, "bytes"),
    externalData: many(13, "StringStringEntryProto"),
    dataLocation: one(14, "int32"),
  },
  ValueInfoProto: { name: one(1, "string"), type: one(2, "TypeProto") },
  TypeProto: { tensorType: one(1, "TypeProtoTensor") },
  TypeProtoTensor: { elemType: one(1, "int32"), shape: one(2, "TensorShapeProto") },
  TensorShapeProto: { dim: many(1, "Dimension") },
  Dimension: { dimValue: one(1, "int64"), dimParam: one(2, "string") },
};

/** AttributeProto.AttributeType. */
export const attributeTypes = { float: 1, int: 2, text: 3, ints: 7 } as const;

/** TensorProto.DataLocation.EXTERNAL. */
export const externalLocation = 1;

let modelType: protobuf.Type | undefined;

function schema(): protobuf.Type {
  modelType ??= protobuf.Root.fromJSON({
    nested: Object.fromEntries(
      Object.entries(messages).map(([name, fields]) => [name, { fields }]),
    ),
  }).lookupType("ModelProto");
  return modelType;
}

/** Bytes of a ModelProto given as a plain object with the field names above. */
export function encodeProto(model: Record<string, unknown>): Uint8Array {
  return schema().encode(schema().fromObject(model)).finish();
}

/** A stored tensor as a model file describes it: its bytes are inside or in a file beside it. */
export interface DecodedTensor {
  readonly name: string;
  /** TensorProto.DataType, as in `onnxTypes`. */
  readonly type: number;
  readonly shape: readonly number[];
  readonly inline?: Uint8Array;
  readonly place?: { readonly file: string; readonly offset: number; readonly length: number };
}

interface PlainTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly dataType: number;
  readonly rawData: Uint8Array;
  readonly externalData: readonly { readonly key: string; readonly value: string }[];
}

/** The stored tensors of a ModelProto; `source` is its path, for the message. */
export function decodeTensors(bytes: Uint8Array, source: string): DecodedTensor[] {
  let tensors: readonly PlainTensor[];
  try {
    const { graph } = schema().toObject(schema().decode(bytes), { longs: Number, arrays: true });
    tensors = graph.initializer;
  } catch (cause) {
    const message = `${source} is not an ONNX model; export the model again.`;
    throw new DalleError("bad_model", message, { cause });
  }
  return tensors.map(({ name, dims, dataType, rawData, externalData }) => {
    const { location, offset, length } = Object.fromEntries(
      externalData.map(({ key, value }) => [key, value]),
    );
    return {
      name,
      type: dataType,
      shape: dims,
      ...(location === undefined
        ? { inline: rawData }
        : { place: { file: location, offset: Number(offset), length: Number(length) } }),
    };
  });
}
