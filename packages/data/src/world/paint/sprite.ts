/**
 * @file Drawings as rasters that are made once and kept: rasterising takes milliseconds, stamping a tenth of one. Every
 * drawing is rasterised by itself, so the ids inside its SVG never meet those of another.
 */
import { emojiOf } from "../../art/catalogue.js";
import { iconBody } from "../../art/icons.js";
import { type ArtStyle, artSets } from "../../art/sets.js";
import { halve, type Layer, type Mixing, type Placement, stamp } from "./layer.js";
import { canvas, rasteriseRgba } from "./raster.js";

/** A drawing in several sizes, each half the side of the one before. */
export interface Sprite {
  readonly layers: readonly Layer[];
}

/** All that is kept; a sprite of a picture of 128 pixels has 90 KB. */
const keptBytes = 256 * 2 ** 20;

const kept = new Map<string, Sprite>();
let bytes = 0;

/** The sprite of this key, painted by `draw` (SVG elements on the 64 × 64 canvas) if it is not kept. */
export function spriteOf(key: string, side: number, draw: () => string): Sprite {
  const whole = `${key}@${side}`;
  const known = kept.get(whole);
  if (known) {
    kept.delete(whole); // put last: the first ones are dropped when there are too many
    kept.set(whole, known);
    return known;
  }
  const sprite = { layers: pyramid({ side, pixels: rasteriseRgba(draw(), side) }) };
  kept.set(whole, sprite);
  bytes += sizeOf(sprite);
  for (const [oldest, { layers }] of kept) {
    if (bytes <= keptBytes) break;
    kept.delete(oldest);
    bytes -= sizeOf({ layers });
  }
  return sprite;
}

function pyramid(layer: Layer): Layer[] {
  return layer.side % 2 === 0 && layer.side > 8 ? [layer, ...pyramid(halve(layer))] : [layer];
}

function sizeOf({ layers }: Sprite): number {
  return layers.reduce((sum, { pixels }) => sum + pixels.length, 0);
}

/** An emoji of one of its sets; `side` as of the picture it goes into. */
export function emojiSprite(name: string, style: ArtStyle, side: number): Sprite {
  return spriteOf(`${style}/${name}`, side, () => {
    const scale = canvas / artSets[style].side;
    const body = iconBody(style, emojiOf(name).drawings.get(style)!);
    return `<g transform="scale(${scale})" color="#1c1c24">${body}</g>`;
  });
}

/** Stamps from the layer that needs to shrink least, and not by more than half. */
export function stampSprite(
  target: Layer,
  { layers }: Sprite,
  placement: Placement,
  mixing?: Mixing,
): void {
  const fitting = layers.findLast((layer) => layer.side >= placement.side) ?? layers[0]!;
  stamp(target, fitting, placement, mixing);
}
