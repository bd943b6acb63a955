/** @file Dimensions of CLIP, whose two towers put pictures and captions into one space [SPEC §4], and OpenAI's ViT-B/32. */
import { badOption } from "@dalle-ts/tensor";
import { requireIntegers } from "../config-integers.js";
import { convolutionalReduction, convolutionalWidth } from "./convolutional-tower.js";

/** A stack of residual blocks. */
export interface TowerConfig {
  readonly layers: number;
  readonly width: number;
  /** A divisor of the width; CLIP's is width / 64. */
  readonly heads: number;
}

/** How pictures are shown to a tower. */
interface ShownPictures {
  /** Side of the square picture in pixels. */
  readonly imageSize: number;
  /** Taken from the pixels of each colour channel, which are in [0, 1]; then they are divided by `deviation`. */
  readonly mean: readonly [red: number, green: number, blue: number];
  readonly deviation: readonly [red: number, green: number, blue: number];
}

/** A vision transformer. */
export interface ImageTowerConfig extends TowerConfig, ShownPictures {
  readonly family?: undefined;
  /** Side in pixels of the squares that the picture is cut into; a divisor of `imageSize`. */
  readonly patch: number;
}

/** A residual network, whose pictures' size is a multiple of 32. */
export interface ConvolutionalTowerConfig extends ShownPictures {
  readonly family: "convolutional";
  /** Bottlenecks of each group. */
  readonly groups: readonly number[];
  /** Channels after the stem. */
  readonly width: number;
  /** Of the attention that reads the last map. */
  readonly heads: number;
}

export interface TextTowerConfig extends TowerConfig {
  /** States of a caption: its start, at most states − 2 tokens, its end, and padding. */
  readonly states: number;
  /** Number of text tokens; start and end are two more. */
  readonly vocabulary: number;
}

export interface ClipConfig {
  /** Numbers of an embedding. */
  readonly embedding: number;
  readonly image: ImageTowerConfig | ConvolutionalTowerConfig;
  readonly text: TextTowerConfig;
}

export const clipVitB32: ClipConfig & { readonly image: ImageTowerConfig } = {
  embedding: 512,
  image: {
    layers: 12,
    width: 768,
    heads: 12,
    imageSize: 224,
    patch: 32,
    mean: [0.48145466, 0.4578275, 0.40821073],
    deviation: [0.26862954, 0.26130258, 0.27577711],
  },
  text: { layers: 12, width: 512, heads: 8, states: 77, vocabulary: 49_406 },
};

/** Patches along one side of the picture. */
export function patchesPerSide({ imageSize, patch }: ImageTowerConfig): number {
  return imageSize / patch;
}

/** Refuses impossible dimensions by name. */
export function checkClipConfig(config: ClipConfig): ClipConfig {
  requireIntegers("clip", { embedding: config.embedding });
  if (config.image.family === "convolutional") checkConvolutional(config.image);
  else checkVision(config.image);
  checkTower("text", config.text);
  const { mean, deviation } = config.image;
  if (!(mean.length === 3 && mean.every(Number.isFinite)))
    throw badOption("clip.image.mean", "three finite numbers", mean);
  if (!(deviation.length === 3 && deviation.every((value) => Number.isFinite(value) && value > 0)))
    throw badOption("clip.image.deviation", "three finite numbers > 0", deviation);
  if (config.text.states < 3) throw badOption("clip.text.states", "≥ 3", config.text.states);
  return config;
}

function checkTower(part: string, tower: TowerConfig): void {
  requireIntegers(`clip.${part}`, { ...tower });
  if (tower.width % tower.heads !== 0)
    throw badOption(`clip.${part}.heads`, `a divisor of the width ${tower.width}`, tower.heads);
}

function checkVision({ family: _, mean, deviation, ...tower }: ImageTowerConfig): void {
  checkTower("image", tower);
  const { imageSize, patch } = tower;
  if (imageSize % patch !== 0)
    throw badOption("clip.image.imageSize", `a multiple of the patch ${patch}`, imageSize);
}

function checkConvolutional(tower: ConvolutionalTowerConfig): void {
  const { groups, width, heads, imageSize } = tower;
  const blocks = Object.fromEntries(groups.map((count, group) => [`groups.${group}`, count]));
  requireIntegers("clip.image", { width, heads, imageSize, ...blocks });
  const reduction = convolutionalReduction(tower);
  if (groups.length === 0 || imageSize % reduction !== 0)
    throw badOption("clip.image.imageSize", `a multiple of ${reduction}`, imageSize);
  if (width % 2 !== 0) throw badOption("clip.image.width", "an even number", width);
  const last = convolutionalWidth(tower);
  if (last % heads !== 0) throw badOption("clip.image.heads", `a divisor of ${last}`, heads);
}
