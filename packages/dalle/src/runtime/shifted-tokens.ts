/**
 * @file What the blocks of DALLE-pytorch's transformer see of the cell above and of the one to the left, where tokens are
 * shifted: channels that those cells' states left behind, zeros where there is no such cell.
 */
import { type StreamModelConfig, shiftedChannels } from "@dalle-ts/models";
import { type RunResults, type RuntimeTensor, runtimeTensor } from "./session.js";

/**
 * Of one block the last row of cells, each in the place of the one above it: [N, 1, 2 c], what the one below takes, then what the
 * one to the right takes.
 */
type Cells = Float32Array[];

export class ShiftedTokens {
  readonly #config: StreamModelConfig;
  readonly #blocks: readonly Cells[];
  readonly #channels: number;
  readonly #side: number;
  readonly #batch: number;

  /** Holds nothing for a model that does not shift tokens. */
  constructor(config: StreamModelConfig, batch: number) {
    this.#config = config;
    const isShifted = config.family === "axial" && config.tokenShift;
    this.#blocks = isShifted ? Array.from({ length: 2 * config.masks.length }, () => []) : [];
    this.#channels = isShifted ? shiftedChannels(config) : 0;
    this.#side = isShifted ? config.gridSide : 1;
    this.#batch = batch;
  }

  /** The graph's inputs for cell `cell`. */
  inputs(cell: number): Record<string, RuntimeTensor> {
    const feeds: Record<string, RuntimeTensor> = {};
    const column = cell % this.#side;
    for (const [block, cells] of this.#blocks.entries()) {
      feeds[`above_${block}`] = this.#part(cells[column], 0);
      const left = column === 0 ? undefined : cells[column - 1];
      feeds[`left_${block}`] = this.#part(left, this.#channels);
    }
    return feeds;
  }

  #part(cell: Float32Array | undefined, first: number): RuntimeTensor {
    const channels = this.#channels;
    const part = new Float32Array(this.#batch * channels);
    if (cell)
      for (let entry = 0; entry < this.#batch; entry++) {
        const start = entry * 2 * channels + first;
        part.set(cell.subarray(start, start + channels), entry * channels);
      }
    return runtimeTensor(part, [this.#batch, 1, channels]);
  }

  /** Keeps what a step returned for cell `cell`. */
  store(cell: number, results: RunResults): void {
    for (const [block, cells] of this.#blocks.entries())
      cells[cell % this.#side] = results[`shifted_${block}`]!.data as Float32Array;
  }

  /** Gives batch entry n the cells of entry sources[n]; an entry that is a source must be its own. */
  copyEntries(sources: readonly number[]): void {
    const length = 2 * this.#channels;
    for (const cell of this.#blocks.flat())
      for (const [entry, source] of sources.entries())
        cell.copyWithin(entry * length, source * length, (source + 1) * length);
  }

  /** The cells of these batch entries alone, in this order. */
  select(entries: readonly number[]): ShiftedTokens {
    const selected = new ShiftedTokens(this.#config, entries.length);
    const length = 2 * this.#channels;
    for (const [block, cells] of this.#blocks.entries())
      for (const [at, cell] of cells.entries()) {
        const kept = new Float32Array(entries.length * length);
        for (const [place, entry] of entries.entries())
          kept.set(cell.subarray(entry * length, (entry + 1) * length), place * length);
        selected.#blocks[block]![at] = kept;
      }
    return selected;
  }
}
