/** @module A caption becomes a picture: tokenizer, drawing of codes, dVAE, on ONNX Runtime. In Node; pages get browser.ts. */
export { bundledModel, readModelFolder } from "#platform/model-files";
export * from "./images/write.js";
export * from "./isomorphic.js";
export { describeFile } from "./model-folder/describe-file.js";
export * from "./model-folder/write.js";
export { makeSelfTest, SELF_TEST_FILE } from "./runtime/self-test.js";
