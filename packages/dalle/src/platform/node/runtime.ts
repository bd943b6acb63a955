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
    extra: {
      // Threads that spin while they wait for the next run take a core from other sessions: four partial pictures cost
      // a sixth of the drawing, instead of a fiftieth.
      session: { force_spinning_stop: "1" },
      // It moves the scale of queries into their product with the keys, whose fast kernel for one query takes no scale:
      // a step of 32 entries takes a fifth longer with it.
      optimization: { disable_specified_optimizers: "MatMulScaleFusion" },
    },
  });
}
