/** @file Everything that decides a tokenizer. */
import type { FamilyName } from "@dalle-ts/data";

export interface TokenizerRecipe {
  readonly kind: "tokenizer";
  readonly name: string;
  readonly data: {
    readonly families: readonly FamilyName[];
    readonly seed: number;
    readonly captions: number;
  };
  /** Byte symbols and merges together; an integer ≥ 256. */
  readonly vocabularySize: number;
}
