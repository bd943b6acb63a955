/** @file Finds equal byte strings among millions: 12 bytes of memory each, compared at the end. */
import { createHash } from "node:crypto";

export class Repeats {
  #hashes = new BigUint64Array(1024);
  #records = new Uint32Array(1024);
  #count = 0;

  /** The first 64 bits of the SHA-256: among ten million different strings, a false repeat has a chance of 1 in 370,000. */
  add(bytes: Uint8Array | string, record: number): void {
    if (this.#count === this.#hashes.length) {
      const hashes = new BigUint64Array(2 * this.#count);
      const records = new Uint32Array(2 * this.#count);
      hashes.set(this.#hashes);
      records.set(this.#records);
      this.#hashes = hashes;
      this.#records = records;
    }
    this.#hashes[this.#count] = createHash("sha256").update(bytes).digest().readBigUInt64LE();
    this.#records[this.#count++] = record;
  }

  /** How many have an equal before them, and the records of the first `most` groups of equals. */
  find(most: number): { readonly repeated: number; readonly groups: readonly number[][] } {
    const hashes = this.#hashes;
    const order = Uint32Array.from({ length: this.#count }, (_, index) => index).sort((a, b) => {
      const [one, other] = [hashes[a]!, hashes[b]!];
      return one < other ? -1 : one > other ? 1 : a - b;
    });
    const groups: number[][] = [];
    let repeated = 0;
    for (let at = 1; at < order.length; at++) {
      if (hashes[order[at]!] !== hashes[order[at - 1]!]) continue;
      repeated++;
      const isFirst = at < 2 || hashes[order[at - 2]!] !== hashes[order[at]!];
      if (isFirst) groups.push([this.#records[order[at - 1]!]!]);
      groups.at(-1)!.push(this.#records[order[at]!]!);
    }
    groups.sort((a, b) => a[0]! - b[0]!);
    return { repeated, groups: groups.slice(0, most) };
  }
}
