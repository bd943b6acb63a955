/** @file The engine in Node: there is one. */
import { DalleError } from "@dalle-ts/tensor";
import type { Engine, EngineName } from "../../engine.js";
import type { ModelFolder } from "../../model-folder/model-folder.js";

export async function chooseEngine(_model: ModelFolder, asked?: EngineName): Promise<Engine> {
  if (asked === undefined || asked === "cpu") {
    return { name: "cpu", reason: "ONNX Runtime for Node computes on the CPU." };
  }
  throw new DalleError("unsupported", `Node has no engine ${asked}; leave engine out.`);
}
