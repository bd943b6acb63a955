/**
 * @file The part of ONNX's protobuf schema (onnx.proto, field numbers of the specification) that the recorder writes.
 */
import protobuf from "protobufjs/light.js";

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

/** Bytes of a ModelProto given as a plain object with the field names above. */
export function encodeProto(model: Record<string, unknown>): Uint8Array {
  modelType ??= protobuf.Root.fromJSON({
    nested: Object.fromEntries(
      Object.entries(messages).map(([name, fields]) => [name, { fields }]),
    ),
  }).lookupType("ModelProto");
  return modelType.encode(modelType.fromObject(model)).finish();
}
