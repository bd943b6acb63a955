/** @file The networks that turn pictures into codes and back, under one name: what they differ in is said by `family`. */
import { checkDvaeConfig, type DvaeConfig, gridSide } from "./dvae/config.js";
import { checkStridedDvaeConfig, type StridedDvaeConfig } from "./strided-dvae/config.js";
import { checkVqganConfig, type VqganConfig, vqganGridSide } from "./vqgan/config.js";

/** No family: the paper's dVAE. */
export type PictureCodecConfig =
  | (DvaeConfig & { readonly family?: undefined })
  | (VqganConfig & { readonly family: "vqgan" })
  | (StridedDvaeConfig & { readonly family: "strided-dvae" });

/** The codes of a picture. */
export interface CodeGrid {
  /** Side of the square picture, in pixels. */
  readonly imageSize: number;
  /** Codes along one side. */
  readonly side: number;
  /** Side of the square that a code stands for, in pixels. */
  readonly pixelsPerCode: number;
  /** Number of different codes. */
  readonly codes: number;
}

export function codeGrid(config: PictureCodecConfig): CodeGrid {
  const { imageSize, codes } = config;
  const side = codesPerSide(config);
  return { imageSize, side, pixelsPerCode: imageSize / side, codes };
}

function codesPerSide(config: PictureCodecConfig): number {
  switch (config.family) {
    case undefined:
      return gridSide(config);
    case "vqgan":
      return vqganGridSide(config);
    case "strided-dvae":
      return config.imageSize / 2 ** config.layers;
  }
}

/** Whether pictures become codes; some public files hold the decoder alone. */
export function encodesPictures(config: PictureCodecConfig): boolean {
  return config.family !== "vqgan" || config.encoder !== undefined;
}

/** Refuses impossible dimensions by name. */
export function checkPictureCodec(config: PictureCodecConfig): void {
  switch (config.family) {
    case undefined:
      return void checkDvaeConfig(config);
    case "vqgan":
      return void checkVqganConfig(config);
    case "strided-dvae": {
      const { family: _, ...strided } = config;
      return void checkStridedDvaeConfig(strided);
    }
  }
}
