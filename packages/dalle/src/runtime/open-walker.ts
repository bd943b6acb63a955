/** @file Opens the transformer of a model folder, whichever family it is of. */
import type { CodeModelConfig } from "@dalle-ts/models";
import type { Device } from "../engine.js";
import type { ModelFiles } from "../model-folder/model-folder.js";
import type { CodeWalker } from "./code-walker.js";
import { EncoderDecoderWalker } from "./encoder-decoder-walker.js";
import { SparseWalker } from "./sparse-walker.js";
import { StreamWalker } from "./stream-walker.js";

/** files: where the graphs are. */
export function openWalker(
  files: ModelFiles,
  config: CodeModelConfig,
  device: Device,
): Promise<CodeWalker> {
  switch (config.family) {
    case undefined:
      return SparseWalker.open(files, config, device);
    case "encoder-decoder":
      return EncoderDecoderWalker.open(files, config, device);
    case "dense":
    case "sandwich":
    case "axial":
      return StreamWalker.open(files, config, device);
  }
}
