/** @file What config.json may say of a model's transformer and of its pictures' codes: one of the families each. */
import { axialMasks, type CodeModelConfig, type PictureCodecConfig } from "@dalle-ts/models";
import * as z from "zod/mini";

const integer = "expected an integer ≥ 1";
export const size = z.int(integer).check(z.minimum(1, integer));
export const number = z.number("expected a number");
const numbers = z.readonly(z.array(number));
const index = z.int("expected an integer ≥ 0").check(z.minimum(0, "expected an integer ≥ 0"));
const truth = z.boolean("expected true or false");

const dvae = z.strictObject({
  family: z.optional(z.undefined()),
  imageSize: size,
  channels: size,
  reduction: z.optional(size),
  patch: size,
  centred: truth,
  codes: size,
  hidden: size,
  codeWidth: size,
  groups: size,
  blocksPerGroup: size,
  decoder: z.optional(
    z.strictObject({ hidden: size, blocksPerGroup: size, groups: z.optional(size) }),
  ),
  residualGain: number,
});

const vqganHalf = z.strictObject({
  inputWidth: size,
  levels: z.readonly(z.array(z.strictObject({ width: size, blocks: size, attention: truth }))),
});

const vqgan = z.strictObject({
  family: z.literal("vqgan"),
  imageSize: size,
  channels: size,
  patch: size,
  codes: size,
  codeWidth: size,
  latentWidth: size,
  encoder: z.optional(vqganHalf),
  decoder: vqganHalf,
  normEpsilon: number,
  pixelRange: z.enum(["signed", "unit"]),
});

const stridedDvae = z.strictObject({
  family: z.literal("strided-dvae"),
  imageSize: size,
  channels: size,
  layers: size,
  blocks: index,
  width: size,
  codes: size,
  codeWidth: size,
  pixelScale: z.optional(z.strictObject({ means: numbers, deviations: numbers })),
});

export const pictureCodec = z.discriminatedUnion("family", [
  dvae,
  vqgan,
  stridedDvae,
]) satisfies z.ZodMiniType<PictureCodecConfig>;

const transformer = z.strictObject({
  family: z.optional(z.undefined()),
  layers: size,
  width: size,
  heads: size,
  headSize: size,
  textStates: size,
  textVocabulary: size,
  imageCodes: size,
  gridRows: size,
  gridColumns: size,
  convolutionKernel: size,
});

const encoderDecoder = z.strictObject({
  family: z.literal("encoder-decoder"),
  width: size,
  heads: size,
  feedForward: size,
  encoderLayers: size,
  decoderLayers: size,
  textVocabulary: size,
  textStates: size,
  textStart: index,
  textEnd: index,
  keepsTextEnd: z.optional(truth),
  padding: index,
  imageCodes: size,
  imageVocabulary: size,
  start: index,
  imageStates: size,
});

const dense = z.strictObject({
  family: z.literal("dense"),
  layers: size,
  width: size,
  heads: size,
  textVocabulary: size,
  textStates: size,
  padding: index,
  imageCodes: size,
  imageStates: size,
  activation: z.enum(["gelu", "quickGelu"]),
});

const sandwich = z.strictObject({
  family: z.literal("sandwich"),
  layers: size,
  width: size,
  heads: size,
  textVocabulary: size,
  textStates: size,
  textStart: index,
  textEnd: index,
  imageCodes: size,
  gridSide: size,
  convolutionKernel: size,
  release: z.enum(["v2", "v3"]),
  sandwichNorms: z.optional(truth),
});

const axial = z.strictObject({
  family: z.literal("axial"),
  width: size,
  heads: size,
  headSize: size,
  feedForward: size,
  textVocabulary: size,
  textStates: size,
  imageCodes: size,
  gridSide: size,
  masks: z.readonly(z.array(z.enum(axialMasks))),
  rotary: index,
  tokenShift: truth,
  sandwichNorms: truth,
  reversible: truth,
  stable: truth,
});

export const codeModel = z.discriminatedUnion("family", [
  transformer,
  encoderDecoder,
  dense,
  sandwich,
  axial,
]) satisfies z.ZodMiniType<CodeModelConfig>;
