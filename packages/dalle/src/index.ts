/** @module A caption becomes a picture: tokenizer, drawing of codes, dVAE, on ONNX Runtime. */
export * from "./dalle.js";
export * from "./images/grid.js";
export * from "./images/image.js";
export * from "./images/load.js";
export * from "./images/png.js";
export * from "./images/png-metadata.js";
export * from "./images/write.js";
export * from "./model-folder/config.js";
export * from "./model-folder/read.js";
export * from "./model-folder/write.js";
export * from "./random.js";
export * from "./runtime/clip.js";
export * from "./runtime/code-decoder.js";
export * from "./runtime/dvae.js";
export * from "./sample.js";
export * from "./sampling.js";
export * from "./tokenizer.js";
