/** @file What whoever imports a checkpoint may say of it. */
import type { SandwichTransformerConfig } from "@dalle-ts/models";

/** What no file of some kinds tells, and the family's rule does not fit. */
export interface ImportFacts {
  /** Attention heads; of CLIP those of its image tower. */
  readonly heads?: number | undefined;
  /** Of CLIP's text tower, which only a check tells. */
  readonly textHeads?: number | undefined;
  /** Of ruDALL-E: which program trained the weights. */
  readonly release?: SandwichTransformerConfig["release"];
  /** What the paths were given as: addresses, of files that were fetched. @default the paths */
  readonly origins?: readonly string[];
}
