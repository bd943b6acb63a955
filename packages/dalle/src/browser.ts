/** @module A caption becomes a picture, in a page as in Node. Bundlers find this by the "browser" condition. */

export { captionLimit, codeGrid, encodesPictures } from "@dalle-ts/models";
export { DalleError, type DalleErrorCode } from "@dalle-ts/tensor";
export { bundledModel, readModelFolder } from "#platform/model-files";
export { HASHTAG_STEP, HASHTAG_WORDS_FILE } from "./captions/hashtags.js";
export { readCaptionTokenizer } from "./captions/read-tokenizer.js";
export * from "./completion/region.js";
export * from "./completion/two-panels.js";
export * from "./dalle.js";
export { bestFirst } from "./drawing/best-by-clip.js";
export { competes } from "./drawing/candidates.js";
export * from "./drawing/draw-from-nothing.js";
export * from "./engine.js";
export * from "./explain/attention-overlay.js";
export * from "./explain/explanation.js";
export * from "./images/enlarge.js";
export * from "./images/grid.js";
export * from "./images/image.js";
export * from "./images/load.js";
export * from "./images/load-mask.js";
export * from "./images/png.js";
export * from "./images/png-metadata.js";
export * from "./images/rgba.js";
export type { ImageSource, LoadImageOptions } from "./images/source.js";
export * from "./memory.js";
export * from "./model-folder/config.js";
export {
  hashModelFolder,
  type ModelFiles,
  type ModelFolder,
  type ReadModelFolderOptions,
} from "./model-folder/model-folder.js";
export * from "./random.js";
export * from "./requests.js";
export * from "./runtime/cache-layout.js";
export * from "./runtime/caption-logits.js";
export * from "./runtime/clip.js";
export * from "./runtime/code-decoder.js";
export * from "./runtime/code-walker.js";
export * from "./runtime/dvae.js";
export * from "./runtime/encoder-decoder.js";
export * from "./runtime/session.js";
export * from "./runtime/stream-walker.js";
export * from "./runtime/text-attention.js";
export * from "./sample.js";
export * from "./sampling.js";
export * from "./tokenizer.js";
