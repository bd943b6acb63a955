/** @module The Tensor interface, the graph recorder that writes ONNX, and safetensors. */
export { CheckpointFile } from "./checkpoint-files/checkpoint-file.js";
export { CheckpointTensor } from "./checkpoint-files/checkpoint-tensor.js";
export type { CheckpointArray, CheckpointDType } from "./checkpoint-files/element-types.js";
export type { PlainValue } from "./checkpoint-files/values.js";
export { bytesOf, checkHostData } from "./element-types.js";
export * from "./errors.js";
export { type NewFile, replaceFiles } from "./files/replace-files.js";
export type { Axis } from "./graph/axes.js";
export type { WeightFormat } from "./graph/formats/formats.js";
export { Graph, type GraphOptions, type ParameterData } from "./graph/graph.js";
export { GraphTensor } from "./graph/graph-tensor.js";
export { type GraphFile, type SaveOptions, saveGraphs } from "./graph/save.js";
export * from "./parameters.js";
export type { Metadata, TensorInfo } from "./safetensors/format.js";
export { arrayOf } from "./safetensors/host-arrays.js";
export { SafetensorsFile } from "./safetensors/read.js";
export { type TensorSource, type WriteOptions, writeSafetensors } from "./safetensors/write.js";
export * from "./tensor.js";
