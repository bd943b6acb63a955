/** @file What a model was taught of the painted world, as its config tells it. */
import { type FamilyName, familyNames, WORLD_VERSION } from "@dalle-ts/data";
import type { ModelConfig } from "dalle-ts";

/** Samples 0 … pictures − 1 of a stream of the painted world. */
export interface WorldStream {
  readonly seed: number;
  readonly families: readonly FamilyName[];
  readonly pictures: number;
}

/** The stream that a model was taught last; undefined where it was taught other pictures, or those of another version. */
export function lastStream({ world }: Pick<ModelConfig, "world">): WorldStream | undefined {
  const stream = world.at(-1);
  const names: readonly string[] = familyNames;
  if (stream?.version !== WORLD_VERSION) return undefined;
  return stream.families.every((family) => names.includes(family))
    ? (stream as WorldStream)
    : undefined;
}
