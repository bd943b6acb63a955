/** @module libtorch for Node: tensors with autograd through one boxed dispatcher call. */
export * from "./aten.js";
export * from "./autograd.js";
export * from "./devices.js";
export { scalarTypes } from "./dtypes.js";
export { requireTorch, torchInstallation } from "./native.js";
export { keep, tidy } from "./scopes.js";
export * from "./torch-tensor.js";
