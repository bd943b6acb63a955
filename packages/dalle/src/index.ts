/** @module A caption becomes a picture, in Node and in a page. What it is made of is `dalle-ts/parts`. */
export { DalleError, type DalleErrorCode } from "@dalle-ts/tensor";
export type { CompletionRegion, Keep, KeptBorders, Rectangle } from "./completion/region.js";
export * from "./completion/two-panels.js";
export * from "./dalle.js";
export type { Engine, EngineName } from "./engine.js";
export * from "./explain/attention-overlay.js";
export type { ExplainedWord, Explanation } from "./explain/explanation.js";
export * from "./images/enlarge.js";
export * from "./images/grid.js";
export type { DalleImage } from "./images/image.js";
export * from "./images/load.js";
export { loadMask } from "./images/load-mask.js";
export * from "./images/png.js";
export * from "./images/png-metadata.js";
export * from "./images/rgba.js";
export type { ImageSource, LoadImageOptions } from "./images/source.js";
export type { MemoryEstimate } from "./memory.js";
export type { ModelConfig } from "./model-folder/config.js";
export type {
  CaptionOptions,
  CompleteOptions,
  CompletionStart,
  ContinuedCaption,
  ContinueOptions,
  EditOptions,
  GeneratedImage,
  GenerateOptions,
  LikelihoodOptions,
  PictureOrder,
  StreamCompletionOptions,
  StreamEvent,
  StreamOptions,
  TranslateOptions,
  VariationStart,
  VaryOptions,
} from "./requests.js";
export type { ResolvedSampling, SamplingOptions } from "./sampling.js";
