/** @file Dimensions of dalle-mini's and min-dalle's encoder-decoder, and the two released sizes [SPEC §7.3]. */
import { badOption } from "@dalle-ts/tensor";
import { requireIntegers } from "../config-integers.js";

export interface EncoderDecoderConfig {
  /** Of both halves. */
  readonly width: number;
  /** Attention heads, each of width / heads. */
  readonly heads: number;
  /** Inner width of the gated feed-forward blocks. */
  readonly feedForward: number;
  readonly encoderLayers: number;
  readonly decoderLayers: number;
  readonly textVocabulary: number;
  /** Text states. */
  readonly textStates: number;
  /** Text ids in front of a caption and behind it. */
  readonly textStart: number;
  readonly textEnd: number;
  /**
   * Whether of a caption that is too long the end stays, as dalle-mini has it; min-dalle cuts it off with the rest.
   * @default false
   */
  readonly keepsTextEnd?: boolean;
  /** Text id of states without a token, which nothing attends to. */
  readonly padding: number;
  /** Image codes that can be drawn: the first logits. */
  readonly imageCodes: number;
  /** Rows of the table of image tokens, the start token among them. */
  readonly imageVocabulary: number;
  /** Image token that the decoder starts from. */
  readonly start: number;
  /** Image states, one a code. */
  readonly imageStates: number;
}

const family = {
  textStates: 64,
  textStart: 0,
  textEnd: 2,
  padding: 1,
  imageCodes: 16_384,
  imageStates: 256,
  start: 16_384,
};

export const dalleMini: EncoderDecoderConfig = {
  ...family,
  width: 1024,
  heads: 16,
  feedForward: 2730,
  encoderLayers: 12,
  decoderLayers: 12,
  textVocabulary: 50_264,
  imageVocabulary: 16_385,
};

export const dalleMega: EncoderDecoderConfig = {
  ...family,
  width: 2048,
  heads: 32,
  feedForward: 4096,
  encoderLayers: 24,
  decoderLayers: 24,
  textVocabulary: 50_272,
  imageVocabulary: 16_416,
};

/** Refuses impossible dimensions by name. */
export function checkEncoderDecoderConfig(config: EncoderDecoderConfig): EncoderDecoderConfig {
  const { keepsTextEnd: _, ...sizes } = config;
  requireIntegers("encoderDecoder", sizes, ["textStart", "textEnd", "padding", "start"]);
  const { width, heads, imageCodes, imageVocabulary, start } = config;
  if (width % heads) throw badOption("encoderDecoder.heads", `a divisor of ${width}`, heads);
  if (imageCodes > imageVocabulary)
    throw badOption("encoderDecoder.imageCodes", `at most ${imageVocabulary}`, imageCodes);
  if (start >= imageVocabulary)
    throw badOption("encoderDecoder.start", `less than ${imageVocabulary}`, start);
  return config;
}
