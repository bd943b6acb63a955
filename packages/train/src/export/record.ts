/** @file Trained parameters as a parameter tree of a recorded graph. */
import { Graph, type GraphOptions, type GraphTensor, ParameterTree } from "@dalle-ts/tensor";
import type { HostParameter } from "../parameters.js";

/** A graph with all parameters declared; those that no output needs do not reach the file. */
export function graphOf(
  name: string,
  parameters: readonly HostParameter[],
  options: GraphOptions = {},
): { graph: Graph; tree: ParameterTree<GraphTensor> } {
  const graph = new Graph(name, options);
  const tensors = parameters.map(
    (entry) => [entry.name, graph.parameter(entry.name, entry.shape, entry.data)] as const,
  );
  return { graph, tree: new ParameterTree(new Map(tensors)) };
}
