/** @module A caption becomes a picture: tokenizer, drawing of codes, dVAE, on ONNX Runtime. Here with the files of Node. */
export { writeFileAtomic } from "@dalle-ts/tensor";
export * from "./browser.js";
export { describeFile } from "./model-folder/describe-file.js";
export * from "./model-folder/write.js";
export { makeSelfTest, SELF_TEST_FILE } from "./runtime/self-test.js";
