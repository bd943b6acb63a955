/** @file ONNX Runtime in Node. The only file that imports it. */
import { join } from "node:path";
import { InferenceSession } from "onnxruntime-node";
import type { Device } from "../../engine.js";
import type { ModelFiles } from "../../model-folder/model-folder.js";

/** The graph with its weight files beside it. */
export async function createSession(
  files: ModelFiles,
  graph: string,
  _device: Device,
): Promise<Pick<InferenceSession, "run" | "release" | "inputMetadata">> {
  if (typeof files !== "string") await files.requireUnchanged(graph);
  const path = typeof files === "string" ? join(files, graph) : files.path(graph);
  return InferenceSession.create(path, {
    executionProviders: ["cpu"],
    graphOptimizationLevel: "all",
    logSeverityLevel: 3,
    // Threads that spin while they wait for the next run take a core from other sessions: four partial pictures cost
    // a sixth of the drawing, instead of a fiftieth.
    extra: { session: { force_spinning_stop: "1" } },
  });
}
