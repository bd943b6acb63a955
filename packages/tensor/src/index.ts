/** @module The Tensor interface, the graph recorder that writes ONNX, and safetensors. */
export * from "./errors.js";
export * from "./parameters.js";
export * from "./tensor.js";
