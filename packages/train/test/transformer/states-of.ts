/** @file What a transformer computes of one stream, for tests of models that are to compute the same. */
import { streamStates, type TransformerConfig, transformer } from "@dalle-ts/models";
import { noGradient, tensor } from "@dalle-ts/torch";
import { type TorchParameters, treeOf } from "../../src/parameters.js";

/** config: of a vocabulary of 11 ids and more. */
export function statesOf(parameters: TorchParameters, config: TransformerConfig): Float32Array {
  const states = streamStates(config);
  const some = (ids: number[]) => tensor(BigInt64Array.from(ids, BigInt), [1, states], "i64");
  const places = Array.from({ length: states }, (_, index) => index);
  const ids = places.map((place) => (place * 7) % 11);
  return noGradient(
    () =>
      transformer(treeOf(parameters), config, some(ids), some(places)).toArray() as Float32Array,
  );
}
