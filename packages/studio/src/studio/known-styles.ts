/** @file The styles that a model can be asked for: those of the families of the painted world that it was taught with. */
import type { ModelConfig } from "dalle-ts";

export interface KnownStyle {
  readonly name: string;
  /** As they stand before a caption: "a painting of". */
  readonly words: string;
}

/** Wordings that the family's captions have, by its name. */
const familyStyles: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  scenes: {
    painting: "a painting of",
    "pop art": "a pop art picture of",
    "pencil sketch": "a pencil sketch of",
    charcoal: "a charcoal drawing of",
    "pixel art": "a pixel art illustration of",
    "ukiyo-e": "a ukiyo-e print of",
    "stained glass": "a stained glass window of",
    neon: "a neon sign of",
    blueprint: "a blueprint of",
    sepia: "a sepia photograph of",
    "black and white": "a black and white photograph of",
  },
};

/** None for a model that was taught with other pictures, or with families of no styles. */
export function knownStyles({ world }: Pick<ModelConfig, "world">): KnownStyle[] {
  const families = new Set(world.flatMap((stream) => stream.families));
  const styles = Object.assign({}, ...[...families].map((family) => familyStyles[family]));
  return Object.entries<string>(styles).map(([name, words]) => ({ name, words }));
}
