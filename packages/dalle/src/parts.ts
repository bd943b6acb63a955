/**
 * @module What a `Dalle` is made of, for programs that make, serve or measure models: runtimes of single graphs, the drawing of
 * codes, sampling, tokenizers, model folders and how they are written. Of Node alone.
 */
export { captionLimit, codeGrid, encodesPictures } from "@dalle-ts/models";
export { writeFileAtomic } from "@dalle-ts/tensor";
export { bundledModel, readModelFolder } from "#platform/model-files";
export { HASHTAG_STEP, HASHTAG_WORDS_FILE } from "./captions/hashtags.js";
export { leftOutWarning } from "./captions/left-out.js";
export { readCaptionTokenizer } from "./captions/read-tokenizer.js";
export { keptCodes } from "./completion/region.js";
export { bestFirst } from "./drawing/best-by-clip.js";
export { competes } from "./drawing/candidates.js";
export * from "./drawing/draw-from-nothing.js";
export type { Device } from "./engine.js";
export { loadTransparency, loadWhiteMask } from "./images/load-mask.js";
export { otherShape, sizeText } from "./images/picture-shape.js";
export * from "./memory.js";
export * from "./model-folder/config.js";
export { cannotRead, describeFile } from "./model-folder/describe-file.js";
export type {
  ModelFiles,
  ModelFolder,
  ReadModelFolderOptions,
} from "./model-folder/model-folder.js";
export * from "./model-folder/write.js";
export * from "./random.js";
export { DEFAULT_CANDIDATES, LONGEST_CAPTION } from "./requests.js";
export * from "./runtime/cache-layout.js";
export * from "./runtime/caption-logits.js";
export * from "./runtime/clip.js";
export * from "./runtime/code-walker.js";
export * from "./runtime/dvae.js";
export * from "./runtime/encoder-decoder-walker.js";
export { makeSelfTest, SELF_TEST_FILE } from "./runtime/self-test.js";
export * from "./runtime/session.js";
export * from "./runtime/sparse-walker.js";
export * from "./runtime/stream-walker.js";
export * from "./runtime/text-attention.js";
export * from "./sample.js";
export { MOST_GUIDANCE, resolveSampling } from "./sampling.js";
export * from "./tokenizer.js";
