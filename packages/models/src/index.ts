/** @module dVAE, sparse transformer and CLIP as pure functions over a parameter tree. */
export * from "./clip/config.js";
export * from "./clip/image-tower.js";
export * from "./clip/similarity.js";
export * from "./clip/text-tower.js";
export * from "./dvae/config.js";
export * from "./dvae/decoder.js";
export * from "./dvae/encoder.js";
export * from "./dvae/losses.js";
export * from "./dvae/pixels.js";
export * from "./transformer/config.js";
export * from "./transformer/decode.js";
export * from "./transformer/dense-attention.js";
export * from "./transformer/masks.js";
export * from "./transformer/parameters.js";
export * from "./transformer/sparse-attention.js";
export * from "./transformer/stream.js";
export * from "./transformer/transformer.js";
