/** @file Trained parameters as a parameter tree of a recorded graph. */
import {
  Graph,
  type GraphOptions,
  type GraphTensor,
  type ParameterData,
  ParameterTree,
  type Shape,
} from "@dalle-ts/tensor";

/** One trained tensor, in memory or to be fetched when it is written. */
export interface GraphParameter {
  readonly name: string;
  readonly shape: Shape;
  readonly data: ParameterData;
}

/** A graph with all parameters declared; those that no output needs do not reach the file. */
export function graphOf(
  name: string,
  parameters: readonly GraphParameter[],
  options: GraphOptions = {},
): { graph: Graph; tree: ParameterTree<GraphTensor> } {
  const graph = new Graph(name, options);
  const tensors = parameters.map(
    (entry) => [entry.name, graph.parameter(entry.name, entry.shape, entry.data)] as const,
  );
  return { graph, tree: new ParameterTree(new Map(tensors)) };
}
