/**
 * @file Biases of decoding, inputs of the graph beside the caches: for each mask 0 for the slots and new states that a state
 * sees, MASKED for the others. Letters: C slots, T text states.
 */
import { MASKED } from "@dalle-ts/models";
import { type CachedMask, type CacheLayout, imageSlot, slotsOf } from "./cache-layout.js";
import { type RuntimeTensor, runtimeTensor } from "./session.js";

/** The graph's biases for image state `index`. */
export function imageBiases(layout: CacheLayout, index: number): Record<string, RuntimeTensor> {
  return biases(layout, 1, (mask) => imageBias(layout, mask, index));
}

/** The graph's biases for the states before the picture. */
export function textBiases(layout: CacheLayout): Record<string, RuntimeTensor> {
  return biases(layout, layout.textStates, (mask) => textBias(layout, mask));
}

/** biasOf: for each mask, [states, …]. */
function biases(
  { masks }: CacheLayout,
  states: number,
  biasOf: (mask: CachedMask) => Float32Array,
): Record<string, RuntimeTensor> {
  const entries = [...new Set(masks)].map((mask) => {
    const bias = biasOf(mask);
    return [`bias_${mask.name}`, runtimeTensor(bias, [states, bias.length / states])];
  });
  return Object.fromEntries(entries);
}

/** Which slots image state `index` sees: [1, C + 1] of 0 and MASKED; the last is the state itself. */
export function imageBias(layout: CacheLayout, mask: CachedMask, index: number): Float32Array {
  const slots = slotsOf(layout, mask);
  const bias = new Float32Array(slots + 1).fill(MASKED, layout.textStates, slots);
  const reach = Math.min(index, mask.byColumn ? layout.imageStates : mask.window);
  for (let key = index - reach; key < index; key++) {
    if (mask.sees(index, key)) bias[imageSlot(layout, mask, key)] = 0;
  }
  return bias;
}

/** The caption's states see themselves and what is before them, and nothing of the still empty cache: [T, C + T]. */
export function textBias(layout: CacheLayout, mask: CachedMask): Float32Array {
  const slots = slotsOf(layout, mask);
  const { textStates } = layout;
  const width = slots + textStates;
  return Float32Array.from({ length: textStates * width }, (_, index) => {
    const query = Math.floor(index / width);
    const key = (index % width) - slots;
    return key >= 0 && key <= query ? 0 : MASKED;
  });
}
