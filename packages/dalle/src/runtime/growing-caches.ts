/**
 * @file The caches of a decoder whose states see all before them: keys and values in the order of the states, in arrays that
 * grow as the picture does, so that a state's cost follows what it sees. Inputs of the graph, wrapped without copying.
 * Letters: N batch, H heads, C slots, D head size.
 */
import { MASKED } from "@dalle-ts/models";
import type { FreshStates } from "./caches.js";
import { type RuntimeTensor, runtimeTensor } from "./session.js";

/** Slots that the arrays grow by. */
const STEP = 32;

export interface GrowingCacheShape {
  readonly layers: number;
  readonly batch: number;
  readonly heads: number;
  readonly headSize: number;
}

export class GrowingCaches {
  readonly #shape: GrowingCacheShape;
  #slots = 0;
  /** key_0, value_0, key_1, …: [N, H, C, D] each. */
  #arrays: ReadonlyMap<string, Float32Array> = new Map();
  #tensors: Readonly<Record<string, RuntimeTensor>> = {};

  constructor(shape: GrowingCacheShape) {
    this.#shape = shape;
    this.#grow();
  }

  /** The graph's inputs for state `index`: the caches, and the bias [1, 1 + C], the state itself first. */
  inputs(index: number): Record<string, RuntimeTensor> {
    while (index > this.#slots) this.#grow();
    const bias = new Float32Array(1 + this.#slots).fill(MASKED, 1 + index);
    return { ...this.#tensors, bias: runtimeTensor(bias, [1, bias.length]) };
  }

  /** Keeps what a step returned for state `index`: [N, H, 1, D] for each layer. */
  store(index: number, fresh: FreshStates): void {
    while (index >= this.#slots) this.#grow();
    for (let layer = 0; layer < this.#shape.layers; layer++) {
      const { key, value } = fresh(layer);
      this.#scatter(key, this.#arrays.get(`key_${layer}`)!, index);
      this.#scatter(value, this.#arrays.get(`value_${layer}`)!, index);
    }
  }

  #scatter(from: Float32Array, to: Float32Array, slot: number): void {
    const { batch, heads, headSize } = this.#shape;
    for (let row = 0; row < batch * heads; row++)
      to.set(
        from.subarray(row * headSize, (row + 1) * headSize),
        (row * this.#slots + slot) * headSize,
      );
  }

  /** Gives batch entry n the states of entry sources[n]; an entry that is a source must be its own. */
  copyEntries(sources: readonly number[]): void {
    const length = this.#shape.heads * this.#slots * this.#shape.headSize;
    for (const array of this.#arrays.values())
      for (const [entry, source] of sources.entries())
        if (entry !== source)
          array.copyWithin(entry * length, source * length, (source + 1) * length);
  }

  /** Caches of these batch entries alone, in this order; one may be named several times. */
  select(entries: readonly number[]): GrowingCaches {
    const selected = new GrowingCaches({ ...this.#shape, batch: entries.length });
    while (selected.#slots < this.#slots) selected.#grow();
    const length = this.#shape.heads * this.#slots * this.#shape.headSize;
    for (const [name, to] of selected.#arrays) {
      const from = this.#arrays.get(name)!;
      for (const [place, entry] of entries.entries())
        to.set(from.subarray(entry * length, (entry + 1) * length), place * length);
    }
    return selected;
  }

  #grow(): void {
    const { layers, batch, heads, headSize } = this.#shape;
    const [before, after] = [this.#slots * headSize, (this.#slots + STEP) * headSize];
    this.#slots += STEP;
    const shape = [batch, heads, this.#slots, headSize];
    const names = Array.from({ length: layers }, (_, layer) => [`key_${layer}`, `value_${layer}`]);
    this.#arrays = new Map(
      names.flat().map((name) => {
        const old = this.#arrays.get(name);
        const array = new Float32Array(batch * heads * after);
        for (let row = 0; old && row < batch * heads; row++)
          array.set(old.subarray(row * before, (row + 1) * before), row * after);
        return [name, array];
      }),
    );
    this.#tensors = Object.fromEntries(
      [...this.#arrays].map(([name, array]) => [name, runtimeTensor(array, shape)]),
    );
  }
}
