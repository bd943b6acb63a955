/** @file Paints a medium: its setting, itself, then its word in letters or its picture as a stamped drawing. */
import { number } from "../paint/draw.js";
import { type Layer, rgbOf, stamp } from "../paint/layer.js";
import { canvas, rasteriseRgba } from "../paint/raster.js";
import { emojiSprite } from "../paint/sprite.js";
import { changed, lineDrawing } from "../pairs/change.js";
import { emojiNameOf } from "../pairs/thing.js";
import { hex, type Rgb, ramps, toneOf } from "../palette.js";
import { lettering } from "./letters.js";
import { type Form, forms } from "./medium.js";
import type { MediaNuisance, MediaScene } from "./scene.js";

const walls: readonly Rgb[] = [
  [250, 228, 186],
  [190, 220, 240],
  [200, 226, 190],
  [246, 206, 194],
  [214, 204, 240],
  [172, 214, 208],
  [222, 208, 190],
  [206, 212, 224],
];

export function pixels(scene: MediaScene, size: number): Uint8Array {
  const { medium, content, nuisance } = scene;
  const form = forms[medium];
  const wall = walls[nuisance.wall]!;
  const setting =
    form.setting ?? `<rect width="${canvas}" height="${canvas}" fill="${hex(wall)}"/>`;
  const word = "word" in content ? written(content.word, scene, form) : "";
  const over = form.over ?? "";
  const framed = (body: string) => `<g transform="${frame(nuisance)}">${body}</g>`;
  const under = form.draw(nuisance.body, wall) + word;
  if (!("picture" in content))
    return rgbOf({ side: size, pixels: rasteriseRgba(setting + framed(under + over), size) });
  const picture: Layer = { side: size, pixels: rasteriseRgba(setting + framed(under), size) };
  stampPicture(picture, scene, form);
  if (over !== "") {
    const veil = { side: size, pixels: rasteriseRgba(framed(over), size) };
    stamp(picture, veil, { x: size / 2, y: size / 2, side: size });
  }
  return rgbOf(picture);
}

function frame({ zoom, lean, shift }: MediaNuisance): string {
  const [x, y] = shift.map((by) => number(canvas / 2 + by));
  return `translate(${x} ${y}) rotate(${number(lean)}) scale(${number(zoom)}) translate(-32 -32)`;
}

/** Neon tubes glow: the word in wide faint strokes first, in thin bright ones over them. */
function written(word: string, { medium, nuisance }: MediaScene, form: Form): string {
  const ink = hex(form.ink(nuisance.body));
  const write = (colour: string, thickness: number, opacity: number) =>
    lettering(word, form.wordRoom, colour, { thickness, opacity });
  if (medium !== "neon sign") return write(ink, 1, 1);
  const glow = hex(ramps[nuisance.body][1]);
  return write(glow, 2.6, 0.3) + write(glow, 1.7, 0.6) + write(ink, 0.8, 1);
}

function stampPicture(target: Layer, { medium, content, nuisance }: MediaScene, form: Form): void {
  if (!("picture" in content)) return;
  const unit = target.side / canvas;
  const { zoom, lean, shift, set } = nuisance;
  const { x, y, width } = form.pictureRoom;
  const sprite = emojiSprite(
    emojiNameOf(content.picture),
    set,
    Math.max(8, Math.round(target.side / 2)),
  );
  const drawing = sprite.layers[0]!;
  const dye = content.colour === "none" ? nuisance.body : content.colour;
  const radians = (lean * Math.PI) / 180;
  const [across, down] = [(x - 32) * zoom, (y - 32) * zoom];
  const place = {
    x: (32 + shift[0] + across * Math.cos(radians) - down * Math.sin(radians)) * unit,
    y: (32 + shift[1] + across * Math.sin(radians) + down * Math.cos(radians)) * unit,
    side: width * zoom * unit,
    turn: lean,
  };
  if (medium === "neon sign") {
    const tubes = lineDrawing(drawing, { paper: [26, 20, 36], line: toneOf(ramps[dye], 0.8) });
    const glow = ramps[dye][1];
    stamp(target, drawing, { ...place, side: place.side * 1.1 }, { ink: glow, opacity: 0.3 });
    stamp(target, tubes, place);
    return;
  }
  // A pale rim keeps a red strawberry apart from a red can.
  for (const [dx, dy] of rim)
    stamp(target, drawing, { ...place, x: place.x + dx * unit, y: place.y + dy * unit }, pale);
  stamp(target, content.colour === "none" ? drawing : changed(drawing, content.colour), place);
}

const rim = [
  [-0.7, -0.7],
  [0.7, -0.7],
  [-0.7, 0.7],
  [0.7, 0.7],
] as const;
const pale = { ink: [255, 253, 246] } as const;
