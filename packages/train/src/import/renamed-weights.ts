/** @file A checkpoint seen under the names, and in the layout, of another program. */
import type { CheckpointTensor } from "@dalle-ts/tensor";
import type { WeightSource, WeightView } from "./weights.js";

/** A weight of the file, under another name. */
export interface Renamed {
  readonly name: string;
  readonly source: string;
  readonly view: WeightView;
}

export class RenamedWeights implements WeightSource {
  readonly path: string;
  readonly tensors: ReadonlyMap<string, CheckpointTensor>;
  readonly #file: WeightSource;
  readonly #entries: ReadonlyMap<string, Renamed>;

  constructor(file: WeightSource, entries: readonly Renamed[]) {
    this.path = file.path;
    this.#file = file;
    this.#entries = new Map(entries.map((entry) => [entry.name, entry]));
    this.tensors = new Map(
      entries.map(({ name, source, view }) => [name, view(file.tensors.get(source)!)]),
    );
  }

  readFloat32(name: string, view: WeightView = (tensor) => tensor): Promise<Float32Array> {
    const entry = this.#entries.get(name)!;
    return this.#file.readFloat32(entry.source, (tensor) => view(entry.view(tensor)));
  }
}
