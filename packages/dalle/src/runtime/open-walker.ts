/** @file Opens the transformer of a model folder, whichever family it is of. */
import type { CodeModelConfig } from "@dalle-ts/models";
import { CodeDecoder } from "./code-decoder.js";
import type { CodeWalker } from "./code-walker.js";
import { EncoderDecoderWalker } from "./encoder-decoder.js";
import { StreamWalker } from "./stream-walker.js";

/** folder: where the graphs are. */
export function openWalker(folder: string, config: CodeModelConfig): Promise<CodeWalker> {
  switch (config.family) {
    case undefined:
      return CodeDecoder.open(folder, config);
    case "encoder-decoder":
      return EncoderDecoderWalker.open(folder, config);
    case "dense":
    case "sandwich":
    case "axial":
      return StreamWalker.open(folder, config);
  }
}
