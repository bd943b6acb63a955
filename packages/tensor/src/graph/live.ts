/** @file Drops from a record what no output depends on, so that a file holds only what it computes. */
import type { GraphRecord, RecordedNode } from "./record.js";

/** The same graph without unused nodes and stored tensors. Inputs stay: they are the caller's contract. */
export function keepLive(record: GraphRecord): GraphRecord {
  const wanted = new Set(record.outputs.map((output) => output.name));
  const nodes: RecordedNode[] = [];
  // Nodes are recorded after their inputs, so one walk from the end meets every user before its source.
  for (const node of record.nodes.toReversed()) {
    if (!node.outputs.some((name) => wanted.has(name))) continue;
    nodes.push(node);
    for (const name of node.inputs) wanted.add(name);
  }
  return {
    ...record,
    nodes: nodes.reverse(),
    tensors: record.tensors.filter((tensor) => wanted.has(tensor.name)),
  };
}
