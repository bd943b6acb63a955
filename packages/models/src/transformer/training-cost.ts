/** @file What it takes to train a transformer, from its dimensions alone. */
import { parameterCount } from "@dalle-ts/tensor";
import { blockPlan } from "./block-attention.js";
import { imageStates, streamStates, type TransformerConfig } from "./config.js";
import { layerMask } from "./masks.js";
import { transformerSpecs } from "./parameters.js";

export interface TrainingCost {
  readonly parameters: number;
  /** Of the weights, and of each array of their shape: their average, their gradients, Adam's two moments; fp32. */
  readonly weightBytes: number;
  /** What one pair of caption and picture leaves for the backward pass, about: in bf16, without recomputing anything. */
  readonly pairBytes: number;
  /** Floating-point operations of one pair's matrix products, there and back. */
  readonly pairOperations: number;
}

/** The weights, their average, their gradients, and two moments. */
export const TRAINED_ARRAYS = 5;

/**
 * Bytes for each number of the residual stream in each layer, attention weights aside: norms, products and activations with what
 * autograd copies. Measured: 97 to 105 MB a pair of 12 layers, width 256 and 304 states, by the largest memory of runs of 8, 32
 * and 64 pairs a step (libtorch 2.13 on a CPU).
 */
const BYTES_KEPT = 90;

export function trainingCost(config: TransformerConfig): TrainingCost {
  const { layers, width, heads, headSize, textStates, textVocabulary, imageCodes } = config;
  const parameters = parameterCount(transformerSpecs(config));
  const [states, count] = [streamStates(config), imageStates(config)];
  const inner = heads * headSize;
  const logits = textStates * (textVocabulary + 1) + count * imageCodes;
  let kept = 12 * logits; // fp32, their softmax, their gradients
  let products = width * logits; // multiplications, each with an addition
  for (let layer = 1; layer <= layers; layer++) {
    const { blocks, blockLength, reach } = blockPlan(config, layerMask(layer, layers));
    const window = (reach + 1) * blockLength;
    const weights = heads * (textStates ** 2 + count * (textStates + window));
    kept += BYTES_KEPT * states * width;
    kept += 4 * weights; // scores and their softmax, 2 bytes each
    kept += 4 * blocks * window * inner; // windows of keys and of values
    products += states * width * (4 * inner + 8 * width) + 2 * headSize * weights;
  }
  return {
    parameters,
    weightBytes: 4 * parameters,
    pairBytes: kept,
    pairOperations: 3 * 2 * products, // a backward pass has two products for each
  };
}
