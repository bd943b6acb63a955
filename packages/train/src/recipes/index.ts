/** @file The registry: every recipe by part and name. A new recipe is one file and one line here. */
import { badOption, DalleError } from "@dalle-ts/tensor";
import type { ClipRecipe } from "../clip/recipe.js";
import type { DvaeRecipe } from "../dvae/recipe.js";
import type { TokenizerRecipe } from "../tokenizer/recipe.js";
import type { TransformerRecipe } from "../transformer/recipe.js";
import { world64Clip } from "./blocks-and-objects/world-64-clip.js";
import { world64Dvae } from "./blocks-and-objects/world-64-dvae.js";
import { world64TextHead } from "./blocks-and-objects/world-64-text-head.js";
import { world64Transformer } from "./blocks-and-objects/world-64-transformer.js";
import { world64TransformerSecond } from "./blocks-and-objects/world-64-transformer-second.js";
import { worldTokenizer } from "./blocks-and-objects/world-tokenizer.js";
import { world128Clip } from "./for-gpu/world-128-clip.js";
import { world128Dvae } from "./for-gpu/world-128-dvae.js";
import { world128Transformer } from "./for-gpu/world-128-transformer.js";
import { nearest } from "./nearest.js";
import { paperDvae } from "./paper/paper-dvae.js";
import { paperTransformer } from "./paper/paper-transformer.js";
import { tinyClip } from "./tiny/tiny-clip.js";
import { tinyDvae } from "./tiny/tiny-dvae.js";
import { tinyTokenizer } from "./tiny/tiny-tokenizer.js";
import { tinyTransformer } from "./tiny/tiny-transformer.js";
import { wholeWorld64Clip } from "./whole-world/whole-world-64-clip.js";
import { wholeWorld64ClipFifth } from "./whole-world/whole-world-64-clip-fifth.js";
import { wholeWorld64ClipFourth } from "./whole-world/whole-world-64-clip-fourth.js";
import { wholeWorld64ClipSecond } from "./whole-world/whole-world-64-clip-second.js";
import { wholeWorld64ClipThird } from "./whole-world/whole-world-64-clip-third.js";
import { wholeWorld64Decoder } from "./whole-world/whole-world-64-decoder.js";
import { wholeWorld64Dvae } from "./whole-world/whole-world-64-dvae.js";
import { wholeWorld64Dvae4096 } from "./whole-world/whole-world-64-dvae-4096.js";
import { wholeWorld64Transformer } from "./whole-world/whole-world-64-transformer.js";
import { wholeWorld64Transformer4096 } from "./whole-world/whole-world-64-transformer-4096.js";
import { wholeWorld64Transformer4096Grown } from "./whole-world/whole-world-64-transformer-4096-grown.js";
import { wholeWorld64Transformer4096GrownSecond } from "./whole-world/whole-world-64-transformer-4096-grown-second.js";
import { wholeWorld64Transformer4096Second } from "./whole-world/whole-world-64-transformer-4096-second.js";
import { wholeWorld64TransformerDeeper } from "./whole-world/whole-world-64-transformer-deeper.js";
import { wholeWorld64TransformerSecond } from "./whole-world/whole-world-64-transformer-second.js";
import { wholeWorld64TransformerThird } from "./whole-world/whole-world-64-transformer-third.js";
import { wholeWorld128Decoder } from "./whole-world/whole-world-128-decoder.js";
import { wholeWorld128Decoder4096 } from "./whole-world/whole-world-128-decoder-4096.js";
import { wholeWorld128DecoderFine } from "./whole-world/whole-world-128-decoder-fine.js";
import { wholeWorldTokenizer } from "./whole-world/whole-world-tokenizer.js";

/** Recipe type of each part of the system that is trained. */
export interface RecipeOf {
  readonly tokenizer: TokenizerRecipe;
  readonly dvae: DvaeRecipe;
  readonly transformer: TransformerRecipe;
  readonly clip: ClipRecipe;
}
export type Part = keyof RecipeOf;

const registry: { readonly [Name in Part]: readonly RecipeOf[Name][] } = {
  tokenizer: [worldTokenizer, wholeWorldTokenizer, tinyTokenizer],
  dvae: [
    world64Dvae,
    wholeWorld64Dvae,
    wholeWorld64Decoder,
    wholeWorld128Decoder,
    wholeWorld128DecoderFine,
    wholeWorld64Dvae4096,
    wholeWorld128Decoder4096,
    world128Dvae,
    paperDvae,
    tinyDvae,
  ],
  transformer: [
    world64Transformer,
    world64TransformerSecond,
    world64TextHead,
    wholeWorld64Transformer,
    wholeWorld64TransformerSecond,
    wholeWorld64TransformerThird,
    wholeWorld64TransformerDeeper,
    wholeWorld64Transformer4096,
    wholeWorld64Transformer4096Second,
    wholeWorld64Transformer4096Grown,
    wholeWorld64Transformer4096GrownSecond,
    world128Transformer,
    paperTransformer,
    tinyTransformer,
  ],
  clip: [
    world64Clip,
    wholeWorld64Clip,
    wholeWorld64ClipSecond,
    wholeWorld64ClipThird,
    wholeWorld64ClipFourth,
    wholeWorld64ClipFifth,
    world128Clip,
    tinyClip,
  ],
};

export function recipeNames(part: Part): string[] {
  return registry[part].map(({ name }) => name);
}

/** The recipe of this name; an unknown one is refused with the names there are. */
export function findRecipe<Name extends Part>(part: Name, name: string): RecipeOf[Name] {
  const found = registry[part].find((recipe) => recipe.name === name);
  if (found) return found;
  const names = recipeNames(part);
  const { message } = badOption(`${part} recipe`, `one of ${names.join(", ")}`, name);
  throw new DalleError("bad_option", `${message}; did you mean ${nearest(name, names, 1)[0]}?`);
}
