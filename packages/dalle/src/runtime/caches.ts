/**
 * @file The caches of decoding: keys and values of the states that each layer can still see. They are inputs of the
 * graph, wrapped without copying; the graph returns what is new, and `store` writes it into its slot.
 * Letters: N batch, H heads, C slots, D head size.
 */
import { type CachedMask, type CacheLayout, imageSlot, slotsOf } from "./cache-layout.js";
import { type RunResults, type RuntimeTensor, runtimeTensor } from "./session.js";

/** Keys and values of one set of slots: [N, H, C, D] each. */
interface Slots {
  readonly key: Float32Array;
  readonly value: Float32Array;
  readonly keyTensor: RuntimeTensor;
  readonly valueTensor: RuntimeTensor;
}

interface LayerSlots {
  readonly mask: CachedMask;
  readonly slotCount: number;
  /** One set, or where layers see their own column alone one for each column of the grid. */
  readonly sets: readonly Slots[];
}

/** What a run of the graph returned for each layer. */
export type FreshStates = (layer: number) => { key: Float32Array; value: Float32Array };

/** results: of a run of a graph that names what is new fresh_key_0, fresh_value_0, … */
export function freshOf(results: RunResults): FreshStates {
  return (layer: number) => ({
    key: results[`fresh_key_${layer}`]!.data as Float32Array,
    value: results[`fresh_value_${layer}`]!.data as Float32Array,
  });
}

export class DecodeCaches {
  readonly #layout: CacheLayout;
  /** Entries. */
  readonly batch: number;
  readonly #layers: readonly LayerSlots[];

  constructor(layout: CacheLayout, batch: number) {
    this.#layout = layout;
    this.batch = batch;
    this.#layers = layout.masks.map((mask) => {
      const slotCount = slotsOf(layout, mask);
      const count = mask.byColumn ? layout.gridColumns : 1;
      return { mask, slotCount, sets: Array.from({ length: count }, () => this.#slots(slotCount)) };
    });
  }

  #slots(slotCount: number): Slots {
    const { heads, headSize } = this.#layout;
    const shape = [this.batch, heads, slotCount, headSize];
    const length = shape.reduce((a, b) => a * b);
    const [key, value] = [new Float32Array(length), new Float32Array(length)];
    return {
      key,
      value,
      keyTensor: runtimeTensor(key, shape),
      valueTensor: runtimeTensor(value, shape),
    };
  }

  /** The graph's cache inputs for image state `index`. */
  inputs(index: number): Record<string, RuntimeTensor> {
    const feeds: Record<string, RuntimeTensor> = {};
    for (const [layer, slots] of this.#layers.entries()) {
      const { keyTensor, valueTensor } = this.#setOf(slots, index);
      feeds[`key_${layer}`] = keyTensor;
      feeds[`value_${layer}`] = valueTensor;
    }
    return feeds;
  }

  #setOf(layer: LayerSlots, index: number): Slots {
    return layer.sets[layer.sets.length > 1 ? index % this.#layout.gridColumns : 0]!;
  }

  /** Keeps what a step returned for image state `index`: [N, H, 1, D] for each layer. */
  storeImage(index: number, fresh: FreshStates): void {
    for (const [number, layer] of this.#layers.entries()) {
      const set = this.#setOf(layer, index);
      const slot = imageSlot(this.#layout, layer.mask, index);
      const { key, value } = fresh(number);
      this.#scatter(key, set.key, layer.slotCount, slot);
      this.#scatter(value, set.value, layer.slotCount, slot);
    }
  }

  /** [N, H, 1, D] into slot `slot` of [N, H, C, D]. */
  #scatter(from: Float32Array, to: Float32Array, slotCount: number, slot: number): void {
    const size = this.#layout.headSize;
    const rows = this.batch * this.#layout.heads;
    for (let row = 0; row < rows; row++) {
      const start = (row * slotCount + slot) * size;
      for (let index = 0; index < size; index++) to[start + index] = from[row * size + index]!;
    }
  }

  /** Gives batch entry n the image slots of entry sources[n]; an entry that is a source must be its own. */
  copyEntries(sources: readonly number[]): void {
    const { heads, headSize, textStates } = this.#layout;
    for (const { slotCount, sets } of this.#layers) {
      for (const [entry, source] of sources.entries()) {
        if (entry === source) continue;
        for (let head = 0; head < heads; head++) {
          const slotOf = (of: number, slot: number) =>
            ((of * heads + head) * slotCount + slot) * headSize;
          const [from, end] = [slotOf(source, textStates), slotOf(source, slotCount)];
          for (const { key, value } of sets) {
            key.copyWithin(slotOf(entry, textStates), from, end);
            value.copyWithin(slotOf(entry, textStates), from, end);
          }
        }
      }
    }
  }

  /** Caches of these batch entries alone, in this order; one may be named several times. */
  select(entries: readonly number[]): DecodeCaches {
    const selected = new DecodeCaches(this.#layout, entries.length);
    selected.copyFrom(this, entries);
    return selected;
  }

  /** Gives batch entry n all that entry sources[n] of other caches holds. */
  copyFrom(other: DecodeCaches, sources: readonly number[]): void {
    const { heads, headSize } = this.#layout;
    for (const [number, { slotCount, sets }] of this.#layers.entries()) {
      const length = heads * slotCount * headSize;
      for (const [place, { key, value }] of sets.entries()) {
        const from = other.#layers[number]!.sets[place]!;
        for (const [entry, source] of sources.entries()) {
          const start = source * length;
          key.set(from.key.subarray(start, start + length), entry * length);
          value.set(from.value.subarray(start, start + length), entry * length);
        }
      }
    }
  }

  /** Fills the text slots of every set. captions[captionOf(n)] gives [1, H, T, D] a layer for batch entry n. */
  storeText(captionOf: (entry: number) => number, captions: readonly FreshStates[]): void {
    const { heads, headSize, textStates } = this.#layout;
    const length = textStates * headSize;
    for (const [number, layer] of this.#layers.entries()) {
      for (let entry = 0; entry < this.batch; entry++) {
        const { key, value } = captions[captionOf(entry)]!(number);
        for (let head = 0; head < heads; head++) {
          const from = head * length;
          const to = (entry * heads + head) * layer.slotCount * headSize;
          for (const set of layer.sets) {
            set.key.set(key.subarray(from, from + length), to);
            set.value.set(value.subarray(from, from + length), to);
          }
        }
      }
    }
  }
}
