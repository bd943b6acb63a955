/** @file A VQGAN's decoder as narrow as its norms allow, of dalle-mini's grid. */
import type { VqganConfig } from "../src/index.js";

/** A picture of 256 pixels from 16 × 16 codes of 16,384. */
export const tinyVqgan: VqganConfig = {
  imageSize: 256,
  channels: 3,
  patch: 1,
  codes: 16_384,
  codeWidth: 4,
  latentWidth: 4,
  decoder: {
    inputWidth: 32,
    levels: Array.from({ length: 5 }, () => ({ width: 32, blocks: 1, attention: false })),
  },
  normEpsilon: 1e-5,
  pixelRange: "unit",
};
