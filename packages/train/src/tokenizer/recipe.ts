/** @file Everything that decides a tokenizer. */
import type { FamilyName } from "@dalle-ts/data";
import type { OwnData } from "../run/own-data.js";

/** Captions of the painted world's training stream. */
export interface WorldCaptions {
  readonly families: readonly FamilyName[];
  readonly seed: number;
  readonly captions: number;
}

export interface TokenizerRecipe {
  readonly kind: "tokenizer";
  readonly name: string;
  readonly data: WorldCaptions | OwnData;
  /** Byte symbols and merges together; an integer ≥ 256. */
  readonly vocabularySize: number;
}
