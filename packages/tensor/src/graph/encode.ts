/** @file A graph record as the bytes of an ONNX model. Decides nothing about where weights go; `place` tells it. */

import { onnxTypes } from "../element-types.js";
import type { Axis } from "./axes.js";
import { UNKNOWN } from "./axes.js";
import { attributeTypes, encodeProto, externalLocation } from "./onnx-schema.js";
import type { Attribute, GraphRecord, NamedValue, RecordedNode, StoredTensor } from "./record.js";

/** Opset 18 is the newest whose IR version (8) every ONNX Runtime since 1.14 reads, the browser's included. */
const opsetVersion = 18;
const irVersion = 8;

/** Where in which file (relative to the model) a tensor's bytes lie. */
export interface Placement {
  readonly file: string;
  readonly offset: number;
  readonly length: number;
}

export interface EncodeOptions {
  readonly metadata?: Readonly<Record<string, string>>;
  /** The external place of a tensor; undefined keeps it inside the model. */
  readonly place?: (tensor: StoredTensor) => Placement | undefined;
}

export async function encodeModel(
  record: GraphRecord,
  { metadata = {}, place = () => undefined }: EncodeOptions,
): Promise<Uint8Array> {
  const initializer = [];
  for (const tensor of record.tensors) initializer.push(await tensorProto(tensor, place(tensor)));
  return encodeProto({
    irVersion,
    producerName: "dalle-ts",
    opsetImport: [
      { domain: "", version: opsetVersion },
      { domain: "com.microsoft", version: 1 },
    ],
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    graph: {
      name: record.name,
      node: record.nodes.map(nodeProto),
      initializer,
      input: record.inputs.map(valueProto),
      output: record.outputs.map(valueProto),
    },
  });
}

async function tensorProto(tensor: StoredTensor, place: Placement | undefined) {
  const header = { name: tensor.name, dims: tensor.shape, dataType: onnxTypes[tensor.type] };
  if (!place) return { ...header, rawData: await tensor.read() };
  return {
    ...header,
    dataLocation: externalLocation,
    externalData: [
      { key: "location", value: place.file },
      { key: "offset", value: String(place.offset) },
      { key: "length", value: String(place.length) },
    ],
  };
}

function nodeProto(node: RecordedNode) {
  return {
    name: node.outputs[0],
    opType: node.operator,
    domain: node.domain,
    input: node.inputs,
    output: node.outputs,
    attribute: Object.entries(node.attributes).map(([name, value]) => attributeProto(name, value)),
  };
}

function attributeProto(name: string, attribute: Attribute) {
  if ("int" in attribute) return { name, type: attributeTypes.int, i: attribute.int };
  if ("float" in attribute) return { name, type: attributeTypes.float, f: attribute.float };
  if ("text" in attribute)
    return { name, type: attributeTypes.text, s: new TextEncoder().encode(attribute.text) };
  return { name, type: attributeTypes.ints, ints: attribute.ints };
}

function valueProto({ name, axes, dtype }: NamedValue) {
  const tensorType = { elemType: onnxTypes[dtype], shape: { dim: axes.map(dimension) } };
  return { name, type: { tensorType } };
}

function dimension(axis: Axis) {
  if (typeof axis === "number") return { dimValue: axis };
  return axis === UNKNOWN ? {} : { dimParam: axis };
}
