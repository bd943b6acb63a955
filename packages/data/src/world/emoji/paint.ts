/** @file Paints an emoji: a plain ground, a soft shadow, the drawing, and its face if it has a mood. */

import type { ArtStyle } from "../../art/sets.js";
import { type Layer, type Mixing, newLayer, type Placement, rgbOf } from "../paint/layer.js";
import { emojiSprite, type Sprite, spriteOf, stampSprite } from "../paint/sprite.js";
import type { Rgb } from "../palette.js";
import { faceDrawing, type Room, roomFor } from "./face.js";
import type { Mood } from "./mood.js";
import type { EmojiScene } from "./scene.js";

const light: readonly Rgb[] = [
  [255, 255, 255],
  [255, 255, 255],
  [246, 246, 248],
  [255, 244, 214],
  [222, 240, 255],
  [226, 246, 224],
  [255, 228, 226],
  [236, 228, 255],
  [214, 244, 242],
  [255, 236, 220],
  [240, 236, 224],
  [228, 232, 240],
];
const dark: readonly Rgb[] = [
  [30, 34, 48],
  [24, 60, 96],
  [92, 30, 60],
  [22, 78, 74],
  [70, 48, 110],
  [60, 44, 36],
];

const rooms = new WeakMap<Sprite, Room>();

export function pixels(scene: EmojiScene, size: number): Uint8Array {
  const { set, ground, dark: onDark, extent, lean, shift } = scene.nuisance;
  const { emoji, mood } = scene;
  const picture = newLayer(size);
  fill(picture, onDark ? dark[ground % dark.length]! : light[ground % light.length]!);
  const place = {
    x: size * (0.5 + shift[0]),
    y: size * (0.5 + shift[1]),
    side: size * extent,
    turn: lean,
  };
  if (set !== "line") {
    const fallen = { ...place, y: place.y + size * 0.022, x: place.x + size * 0.008 };
    stampSprite(picture, emojiSprite(emoji, set, size), fallen, {
      ink: [20, 24, 40],
      opacity: 0.22,
    });
  }
  stampEmoji(picture, { emoji, mood, set }, place, onDark ? { ink: [250, 250, 250] } : {});
  return rgbOf(picture);
}

/** All that decides how an emoji looks, its place apart. */
export interface EmojiLook {
  readonly emoji: string;
  readonly mood: Mood;
  readonly set: ArtStyle;
}

/** The drawing and its face, which `mixing` leaves as it is; a face is not mirrored. */
export function stampEmoji(
  picture: Layer,
  { emoji, mood, set }: EmojiLook,
  place: Placement,
  mixing: Mixing = {},
): void {
  const sprite = emojiSprite(emoji, set, picture.side);
  stampSprite(picture, sprite, place, mixing);
  if (mood === "none") return;
  const room = rooms.get(sprite) ?? roomFor(sprite.layers[1] ?? sprite.layers[0]!);
  rooms.set(sprite, room);
  const face = spriteOf(`face ${mood}`, picture.side, () => faceDrawing(mood));
  stampSprite(picture, face, faceOn(room, place));
}

/** A face turns with its thing, and never covers all of it nor shrinks to dots. */
function faceOn(room: Room, place: Placement): Placement {
  const [across, down] = [room.x - 0.5, room.y - 0.5];
  const radians = ((place.turn ?? 0) * Math.PI) / 180;
  return {
    ...place,
    x: place.x + place.side * (across * Math.cos(radians) - down * Math.sin(radians)),
    y: place.y + place.side * (across * Math.sin(radians) + down * Math.cos(radians)),
    side: place.side * Math.max(0.36, Math.min(0.54, room.radius * 1.6)),
  };
}

function fill({ side, pixels }: Layer, colour: Rgb): void {
  for (let at = 0; at < side * side * 4; at += 4) {
    // A little lighter above than below.
    const share = 1.02 - (0.06 * at) / pixels.length;
    for (let channel = 0; channel < 3; channel++)
      pixels[at + channel] = Math.min(255, Math.round(colour[channel]! * share));
    pixels[at + 3] = 255;
  }
}
