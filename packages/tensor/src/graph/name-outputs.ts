/** @file Gives the outputs of a record the names their user chose, without a copying node wherever that is possible. */
import type { GraphRecord, RecordedNode } from "./record.js";

/** `names`: for each of the record's outputs, in order, the name to give it. */
export function nameOutputs(record: GraphRecord, names: readonly string[]): GraphRecord {
  const produced = new Set(record.nodes.flatMap((node) => node.outputs));
  const newNames = new Map<string, string>();
  const copies: RecordedNode[] = [];
  const outputs = record.outputs.map((output, index) => {
    const name = names[index]!;
    // An input or a weight keeps its name, and a value has one name only: a further output is a copy.
    if (produced.has(output.name) && !newNames.has(output.name)) newNames.set(output.name, name);
    else copies.push(copy(newNames.get(output.name) ?? output.name, name));
    return { ...output, name };
  });
  const rename = (name: string) => newNames.get(name) ?? name;
  const nodes = record.nodes.map((node) => ({
    ...node,
    inputs: node.inputs.map(rename),
    outputs: node.outputs.map(rename),
  }));
  return { ...record, outputs, nodes: [...nodes, ...copies] };
}

function copy(from: string, to: string): RecordedNode {
  return { operator: "Identity", domain: "", inputs: [from], outputs: [to], attributes: {} };
}
