/**
 * @file ruDALL-E's transformer [SPEC §7.6]: caption and picture as one stream, every block between two layer norms, a mask a
 * layer. The last text state predicts the first code. Letters: N rows, T text states, L image codes given, S states, d width.
 *
 * The program it was made for divides attention scores by 32, subtracts their maximum and multiplies again, so that half
 * precision does not overflow. The softmax is the same without, so none of it is here.
 */
import { branchSpecs, type ParameterSpec, type ParameterTree, type Tensor } from "@dalle-ts/tensor";
import { type Attend, biasedAttention, maskBias } from "../attention.js";
import { layerNorm, linear, linearSpecs, normSpecs, tanhGelu } from "../layers.js";
import { gridPositions, padText, withStart } from "../padded-text.js";
import {
  attentionBlock,
  feedForwardBlock,
  residualSpecs,
  STANDARD_DEVIATION,
  tableSpec,
} from "../residual-blocks.js";
import { type MaskKind, maskKinds } from "../transformer/masks.js";
import type { SandwichTransformerConfig } from "./config.js";
import { sandwichLayerMask, sandwichSees } from "./masks.js";

/** Id of v2's start. */
export const SANDWICH_START = 2;

/**
 * text: [N, T] of i64, 0 where the caption has ended; codes: [N, L] of i64, L ≤ gridSide², in v2 one less → logits
 * [N, T + L, V]: text tokens, paddings and codes; in v2 [N, T + 1 + L, V], with a state for the start in front.
 */
export function sandwichTransformer<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: SandwichTransformerConfig,
  text: T,
  codes: T,
): T {
  const x = embed(params, config, text, codes);
  const attend = attentions(config, x);
  return sandwichLogits(
    params,
    config,
    x,
    (layer) => attend[sandwichLayerMask(layer, config.layers)],
  );
}

/** The layers and the logits of what each state predicts. embedded: [N, S, d] → [N, S, V] */
export function sandwichLogits<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: SandwichTransformerConfig,
  embedded: T,
  attend: (layer: number) => Attend<T>,
): T {
  const heads = { heads: config.heads, headSize: config.width / config.heads };
  const after = (block: ParameterTree<T>, given: T) =>
    hasNormsAfter(config) ? layerNorm(block.at("norm_after"), given) : given;
  let x = embedded;
  for (let index = 0; index < config.layers; index++) {
    const { attention, feedForward } = blocks(params.at(`layers.${index}`));
    x = x.add(after(attention, attentionBlock(attention, heads, x, "f32", attend(index))));
    x = x.add(after(feedForward, feedForwardBlock(feedForward, x, "f32", tanhGelu)));
  }
  const normed = layerNorm(params.at("logits.norm"), layerNorm(params.at("norm"), x));
  return linear(params.at("logits"), normed);
}

const hasNormsAfter = ({ sandwichNorms = true }: SandwichTransformerConfig) => sandwichNorms;

function blocks<T extends Tensor<T>>(layer: ParameterTree<T>) {
  return { attention: layer.at("attention"), feedForward: layer.at("feed_forward") };
}

/** → [N, S, d] */
function embed<T extends Tensor<T>>(
  params: ParameterTree<T>,
  { textVocabulary, release }: SandwichTransformerConfig,
  text: T,
  codes: T,
): T {
  const padded = padText(text, textVocabulary);
  const ids = release === "v2" ? withStart(padded, SANDWICH_START) : padded;
  const grid = gridPositions(params.get("image.rows.weight"), params.get("image.columns.weight"));
  const caption = params.get("text.tokens.weight").lookup(ids);
  const image = params.get("image.tokens.weight").lookup(codes);
  return caption
    .add(params.get("text.positions.weight").slice(0, 0, ids.shape[1]!))
    .concat([image.add(grid.slice(0, 0, codes.shape[1]!))], 1);
}

/** Attention under each mask, whose bias all layers of a kind share. */
function attentions<T extends Tensor<T>>(config: SandwichTransformerConfig, x: T) {
  const entries = maskKinds.map((kind) => {
    const bias = maskBias(x, x.shape[1]!, (state, seen) => sandwichSees(kind, state, seen, config));
    return [kind, biasedAttention(bias)] as const;
  });
  return Object.fromEntries(entries) as Record<MaskKind, Attend<T>>;
}

export function sandwichTransformerSpecs(config: SandwichTransformerConfig): ParameterSpec[] {
  const { layers, width, heads, textVocabulary, textStates, imageCodes, gridSide } = config;
  const init = { normal: STANDARD_DEVIATION };
  const table = (name: string, rows: number) => tableSpec(`${name}.weight`, rows, width);
  const textIds = textVocabulary + textStates;
  return [
    ...branchSpecs("text", [table("tokens", textIds), table("positions", textStates + 1)]),
    ...branchSpecs("image", [
      table("tokens", imageCodes),
      table("rows", gridSide),
      table("columns", gridSide),
    ]),
    ...residualSpecs(layers, width, { heads, headSize: width / heads }),
    ...(hasNormsAfter(config) ? normAfterSpecs(layers, width) : []),
    ...normSpecs("norm", width),
    ...normSpecs("logits.norm", width),
    ...linearSpecs("logits", width, textIds + imageCodes, init),
  ];
}

function normAfterSpecs(layers: number, width: number): ParameterSpec[] {
  return Array.from({ length: layers }, (_, index) => `layers.${index}`).flatMap((layer) => [
    ...normSpecs(`${layer}.attention.norm_after`, width),
    ...normSpecs(`${layer}.feed_forward.norm_after`, width),
  ]);
}
