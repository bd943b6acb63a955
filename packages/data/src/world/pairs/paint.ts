/** @file Paints a pair: two panels of one backdrop with a white line between them, the thing, and the thing changed. */
import { type Layer, newLayer, type Placement, rgbOf, stamp } from "../paint/layer.js";
import { canvas } from "../paint/raster.js";
import { emojiSprite } from "../paint/sprite.js";
import type { Rgb } from "../palette.js";
import { luminance } from "../scenes/styles/raster.js";
import { blueprintPaper, changed } from "./change.js";
import type { Change, PairsNuisance, PairsScene } from "./scene.js";
import { emojiNameOf, type Thing } from "./thing.js";

/** Light enough for dark things, and too colourful to hide white ones. */
export const tints: readonly Rgb[] = [
  [250, 222, 160],
  [172, 212, 240],
  [188, 224, 176],
  [246, 194, 182],
  [206, 194, 240],
  [156, 210, 204],
  [226, 206, 182],
  [196, 206, 222],
];

/** Side of the thing in canvas units. */
const extent = 26;
const divider = { from: 31.5, to: 32.5 } as const;
/** Of the changed thing, as a factor of the other's side. */
const tinyFactor = 0.4;
const closeFactor = 2.4;

export function pixels({ thing, change, nuisance }: PairsScene, size: number): Uint8Array {
  const picture = newLayer(size);
  paintPanel(picture, { thing, nuisance }, 0);
  paintPanel(picture, { thing, nuisance, change }, 1);
  const [from, to] = [divider.from, divider.to].map((y) => Math.round((y * size) / canvas));
  picture.pixels.fill(255, from! * size * 4, Math.max(to!, from! + 1) * size * 4);
  return rgbOf(picture);
}

/** What is in one panel; `change` undefined: the thing as it is. */
export interface Panel {
  readonly thing: Thing;
  readonly nuisance: PairsNuisance;
  readonly change?: Change;
}

/** Paints the upper (0) or lower (1) half of `picture`. */
export function paintPanel(picture: Layer, panel: Panel, half: 0 | 1): void {
  const { side } = picture;
  const middle = Math.round(side / 2);
  const [top, bottom] = half === 0 ? [0, middle] : [middle, side];
  // A square of its own, because a close-up is larger than the panel.
  const own = newLayer(side);
  fill(own, panelColour(panel));
  stamp(own, drawingOf(panel, side), placementIn(panel, side));
  picture.pixels.set(own.pixels.subarray(0, (bottom - top) * side * 4), top * side * 4);
}

/** The thing, changed, as large as it will be seen or up to twice that. */
export function drawingOf({ thing, nuisance: { set }, change }: Panel, side: number): Layer {
  const share = change === "close-up" ? 1 : 0.5;
  const drawing = emojiSprite(emojiNameOf(thing), set, Math.max(8, Math.round(side * share)));
  const [layer] = drawing.layers;
  if (change === undefined) return layer!;
  const fresh = changed(layer!, change);
  return change === "upside-down" ? flipped(fresh) : fresh;
}

export function placementIn({ nuisance, change }: Panel, side: number): Placement {
  const unit = side / canvas;
  const { zoom, lean, mirrored, shift } = nuisance;
  const factor = change === "tiny" ? tinyFactor : change === "close-up" ? closeFactor : 1;
  return {
    x: (canvas / 2 + shift[0]) * unit,
    y: (canvas / 4 + shift[1]) * unit,
    side: extent * zoom * factor * unit,
    turn: change === "upside-down" ? -lean : lean,
    mirrored,
  };
}

function flipped({ side, pixels }: Layer): Layer {
  const result = newLayer(side);
  for (let y = 0; y < side; y++)
    result.pixels.set(pixels.subarray(y * side * 4, (y + 1) * side * 4), (side - 1 - y) * side * 4);
  return result;
}

/** Drawings of a kind have paper of their own. */
function panelColour({ nuisance: { tint }, change }: Panel): Rgb {
  const usual = tints[tint]!;
  if (change === "sketch") return [252, 250, 244];
  if (change === "blueprint") return blueprintPaper;
  if (change !== "black and white") return usual;
  const grey = 255 * luminance(usual);
  return [grey, grey, grey];
}

function fill({ pixels }: Layer, colour: Rgb): void {
  for (let at = 0; at < pixels.length; at += 4) pixels.set([...colour, 255], at);
}
