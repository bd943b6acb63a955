/** @file Runs a recorded graph once on ONNX Runtime, from files as any model runs, which are deleted afterwards. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Graph } from "@dalle-ts/tensor";
import { type RuntimeTensor, Session } from "dalle-ts/parts";

export async function runGraph(
  graph: Graph,
  inputs: Readonly<Record<string, RuntimeTensor>>,
): Promise<Map<string, Float32Array | BigInt64Array>> {
  const folder = await mkdtemp(join(tmpdir(), "dalle-check-"));
  try {
    await graph.save(join(folder, graph.name));
    await using session = await Session.open(folder, `${graph.name}.onnx`);
    const results = Object.entries(await session.run(inputs));
    return new Map(results.map(([name, { data }]) => [name, data as Float32Array | BigInt64Array]));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
