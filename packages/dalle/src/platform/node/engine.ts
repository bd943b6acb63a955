/** @file The engine in Node: there is one. */
import { DalleError } from "@dalle-ts/tensor";
import type { Engine, EngineName } from "../../engine.js";
import type { ModelFolder } from "../../model-folder/model-folder.js";

export function checkEngine(asked: EngineName | undefined): void {
  if (asked === undefined || asked === "cpu") return;
  throw new DalleError("unsupported", `Node has no engine ${asked}; leave engine out.`);
}

export async function chooseEngine(_model: ModelFolder, _asked?: EngineName): Promise<Engine> {
  return { name: "cpu", reason: "ONNX Runtime for Node computes on the CPU." };
}
