/** @file The symbols of one word as a doubly linked list over arrays: neighbours merge without moving the rest. */

/** "No neighbour": before the first symbol, after the last, or next to a symbol that was merged away. */
export const NONE = -1;

export class Chain {
  /** Positions, counted in bytes of the word; a merged symbol keeps the position of its first byte. */
  readonly length: number;
  readonly symbols: Int32Array;
  readonly next: Int32Array;
  readonly previous: Int32Array;

  constructor(bytes: Uint8Array, idOfByte: Int32Array) {
    this.length = bytes.length;
    this.symbols = new Int32Array(this.length);
    this.next = new Int32Array(this.length);
    this.previous = new Int32Array(this.length);
    for (let position = 0; position < this.length; position++) {
      this.symbols[position] = idOfByte[bytes[position]!]!;
      this.next[position] = position + 1;
      this.previous[position] = position - 1;
    }
    this.next[this.length - 1] = NONE;
  }

  /** Joins the symbol at `position` with the one after it into `id`. */
  mergeWithNext(position: number, id: number): void {
    const merged = this.next[position]!;
    const after = this.next[merged]!;
    this.symbols[position] = id;
    this.next[position] = after;
    if (after !== NONE) this.previous[after] = position;
    this.next[merged] = NONE;
  }

  /** What is left, in order. The first symbol is never merged away. */
  ids(): number[] {
    const ids: number[] = [];
    for (let position = 0; position !== NONE; position = this.next[position]!) {
      ids.push(this.symbols[position]!);
    }
    return ids;
  }
}
