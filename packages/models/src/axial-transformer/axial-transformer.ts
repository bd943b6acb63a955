/**
 * @file DALLE-pytorch's transformer [SPEC §7.2]: a start, the caption and the picture as one stream. State k predicts what
 * state k + 1 is of. Letters: N rows, T text states, L image codes given, S = 1 + T + L states, d width.
 */
import { branchSpecs, type ParameterSpec, type ParameterTree, type Tensor } from "@dalle-ts/tensor";
import { type Attend, biasedAttention, maskBias } from "../attention.js";
import { layerNorm, linear, linearSpecs, normSpecs } from "../layers.js";
import { gridPositions, padText, withStart } from "../padded-text.js";
import { STANDARD_DEVIATION, tableSpec } from "../residual-blocks.js";
import { gegluFeedForward, layerSpecs, rotaryAttention, scaledBlock } from "./blocks.js";
import type { AxialTransformerConfig } from "./config.js";
import { largest } from "./largest.js";
import { type AxialMask, axialSees } from "./masks.js";
import { type Angles, angleSpecs, sliceAngles } from "./rotary.js";
import { shiftTokens } from "./token-shift.js";

/** Id of the start, which is also the text token 0. */
export const AXIAL_START = 0;

/**
 * text: [N, T] of i64, 0 where the caption has ended; codes: [N, L] of i64, 1 ≤ L ≤ gridSide² → logits [N, S, V]: text
 * tokens, paddings and codes. The program that it was made for gives none but those of its own side to each state.
 */
export function axialTransformer<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: AxialTransformerConfig,
  text: T,
  codes: T,
): T {
  const embedded = embed(params, config, text, codes);
  const attend = attentions(config, embedded);
  const angles = sliceAngles(params, config, embedded.shape[1]!);
  return axialLogits(params, config, embedded, {
    angles,
    attend: (layer) => attend(config.masks[layer]!),
    shift: (_, x) => shiftTokens(config, x),
  });
}

/** How the blocks see other states. */
export interface AxialContext<T> {
  /** Of the states' positions; absent where those are learned vectors. */
  readonly angles: Angles<T> | undefined;
  readonly attend: (layer: number) => Attend<T>;
  /** What block `block`, counted through the layers, two a layer, sees of its input [N, S, d] where tokens are shifted. */
  readonly shift: (block: number, normed: T) => T;
}

/** The layers and the logits of what each state predicts. embedded: [N, S, d] → [N, S, V] */
export function axialLogits<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: AxialTransformerConfig,
  embedded: T,
  { angles, attend, shift }: AxialContext<T>,
): T {
  // Where they are not reversible both blocks read and write one stream.
  let [first, second] = [embedded, embedded];
  for (const index of config.masks.keys()) {
    const attention = params.at(`layers.${index}.attention`);
    const shifted = (block: number) => (x: T) => (config.tokenShift ? shift(block, x) : x);
    const attended = scaledBlock(attention, config, second, shifted(2 * index), (x) =>
      rotaryAttention(attention, angles, config, x, attend(index)),
    );
    first = first.add(attended);
    if (!config.reversible) second = first;
    const feedForward = params.at(`layers.${index}.feed_forward`);
    const fed = scaledBlock(feedForward, config, first, shifted(2 * index + 1), (x) =>
      gegluFeedForward(feedForward, config, x),
    );
    second = second.add(fed);
    if (!config.reversible) first = second;
  }
  const result = config.reversible ? first.add(second).mul(0.5) : first;
  const divided = config.stable ? result.div(largest(result)) : result;
  return linear(params.at("logits"), layerNorm(params.at("logits.norm"), divided));
}

/** → [N, S, d] */
function embed<T extends Tensor<T>>(
  params: ParameterTree<T>,
  { textVocabulary, rotary }: AxialTransformerConfig,
  text: T,
  codes: T,
): T {
  const ids = withStart(padText(text, textVocabulary), AXIAL_START);
  const caption = params.get("text.tokens.weight").lookup(ids);
  const image = params.get("image.tokens.weight").lookup(codes);
  if (rotary > 0) return caption.concat([image], 1);
  const grid = gridPositions(params.get("image.rows.weight"), params.get("image.columns.weight"));
  return caption
    .add(params.get("text.positions.weight"))
    .concat([image.add(grid.slice(0, 0, codes.shape[1]!))], 1);
}

/** Attention under each mask, whose bias all layers of a kind share. */
function attentions<T extends Tensor<T>>(config: AxialTransformerConfig, x: T) {
  const made = new Map<AxialMask, Attend<T>>();
  for (const mask of new Set(config.masks)) {
    const bias = maskBias(x, x.shape[1]!, (state, seen) => axialSees(mask, state, seen, config));
    made.set(mask, biasedAttention(bias));
  }
  return (mask: AxialMask) => made.get(mask)!;
}

export function axialTransformerSpecs(config: AxialTransformerConfig): ParameterSpec[] {
  const { width, textVocabulary, textStates, imageCodes, gridSide, masks, rotary } = config;
  const init = { normal: STANDARD_DEVIATION };
  const table = (name: string, rows: number) => tableSpec(`${name}.weight`, rows, width);
  const textIds = textVocabulary + textStates;
  const learned = rotary === 0;
  return [
    table("text.tokens", textIds),
    table("image.tokens", imageCodes),
    ...(learned ? [table("text.positions", 1 + textStates)] : []),
    ...(learned ? [table("image.rows", gridSide), table("image.columns", gridSide)] : []),
    ...branchSpecs("rotary", angleSpecs(config)),
    ...masks.flatMap((_, index) => layerSpecs(`layers.${index}`, config)),
    ...normSpecs("logits.norm", width),
    ...linearSpecs("logits", width, textIds + imageCodes, init),
  ];
}
