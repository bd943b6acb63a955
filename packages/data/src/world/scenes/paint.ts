/** @file Paints a scene: the place behind, the animal in its light, what is before it; then the view and the style. */
import { Random } from "../../random.js";
import { ellipse, number, stop } from "../paint/draw.js";
import { cover, type Layer, rgbOf } from "../paint/layer.js";
import { canvas, rasteriseRgba } from "../paint/raster.js";
import { spriteOf, stampSprite } from "../paint/sprite.js";
import type { Rgb } from "../palette.js";
import { type Pose, poseOf } from "./animal.js";
import { lights, type Mood, moodOf } from "./light.js";
import { aerial } from "./places/aerial.js";
import { places, type Scenery } from "./places/index.js";
import type { ScenesScene } from "./scene.js";
import { paintSeason } from "./sky.js";
import { blurBytes } from "./styles/blur.js";
import { styleFilters } from "./styles/index.js";
import type { Image } from "./styles/raster.js";
import { type Camera, cameraFor, fisheye, letterbox, type Stand, standFor } from "./view.js";

export function pixels(scene: ScenesScene, size: number): Uint8Array {
  const { animal, view, nuisance } = scene;
  const mood = moodOf(scene.time, scene.season, new Random(nuisance.scenery, 0));
  const stand = standFor(view, nuisance.aside);
  const pose = poseOf(animal, nuisance.set, size, view === "rear" ? "rear" : "front");
  const head = pointOf(pose.head, stand, nuisance.mirrored);
  const camera = cameraFor(view, stand, head, pose.nearest);
  const { behind, front } = sceneryOf(scene, mood);
  let ground: Layer = { side: size, pixels: rasteriseRgba(seen(behind, camera), size) };
  // Far things are out of focus when the lens is near.
  if (camera.zoom > 1) {
    const radius = Math.round((camera.zoom * size) / 128);
    ground = { side: size, pixels: blurBytes(ground.pixels, size, 4, radius) };
  }
  shade(ground, stand, camera);
  stampAnimal(ground, pose, stand, camera, scene);
  const over = front + paintSeason(mood);
  if (over !== "") {
    cover(ground, { side: size, pixels: rasteriseRgba(seen(over, camera), size) });
  }
  let image: Image = { side: size, pixels: rgbOf(ground) };
  if (view === "fisheye") image = fisheye(image);
  image = styleFilters[scene.style](image);
  return view === "wide" ? letterbox(image).pixels : image.pixels;
}

function sceneryOf({ view, nuisance: { ground } }: ScenesScene, mood: Mood): Scenery {
  return view === "aerial" ? { behind: aerial(ground, mood), front: "" } : places[ground](mood);
}

function seen(body: string, { zoom, focus }: Camera): string {
  if (zoom === 1) return body;
  return `<g transform="translate(${canvas / 2} ${canvas / 2}) scale(${number(zoom)}) translate(${number(-focus[0])} ${number(-focus[1])})">${body}</g>`;
}

/** A point of the animal's own 64 × 64 square, feet at (32, 62), on the canvas. */
function pointOf(
  [x, y]: readonly [number, number],
  stand: Stand,
  mirrored: boolean,
): [number, number] {
  const unit = stand.height / canvas;
  return [stand.x + (mirrored ? 32 - x : x - 32) * unit, stand.foot + (y - 62) * unit];
}

function onPicture(
  [x, y]: readonly [number, number],
  { zoom, focus }: Camera,
  unit: number,
): [number, number] {
  return [(canvas / 2 + (x - focus[0]) * zoom) * unit, (canvas / 2 + (y - focus[1]) * zoom) * unit];
}

function stampAnimal(
  ground: Layer,
  { parts }: Pose,
  stand: Stand,
  camera: Camera,
  { time, nuisance: { mirrored } }: ScenesScene,
): void {
  const unit = ground.side / canvas;
  const light = lightOn(lights[time]);
  for (const { sprite, x, y, side, ink } of parts) {
    const [left, top] = onPicture(pointOf([x, y], stand, mirrored), camera, unit);
    const extent = (side / canvas) * stand.height * camera.zoom * unit;
    const place = { x: left, y: top, side: extent, mirrored };
    stampSprite(ground, sprite, place, ink ? { ink: lit(ink, light) } : { light });
  }
}

/** Animals keep more of their colours than the land does. */
function lightOn(light: Rgb): Rgb {
  return [0.35 + 0.65 * light[0], 0.35 + 0.65 * light[1], 0.35 + 0.65 * light[2]];
}

function lit(colour: Rgb, light: Rgb): Rgb {
  return [colour[0] * light[0], colour[1] * light[1], colour[2] * light[2]];
}

const softDisc = `<radialGradient id="soft">${stop(0.4, [0, 0, 0])}${stop(1, [0, 0, 0], 0)}</radialGradient>${ellipse(32, 32, 31, 31, 'fill="url(#soft)"')}`;

/** The animal's shadow on the ground. */
function shade(ground: Layer, { x, foot, height }: Stand, camera: Camera): void {
  const unit = ground.side / canvas;
  const disc = spriteOf("shadow", ground.side, () => softDisc);
  const [left, top] = onPicture([x, foot - 0.5], camera, unit);
  const side = height * 0.95 * camera.zoom * unit;
  stampSprite(ground, disc, { x: left, y: top, side, squash: 0.24 }, { opacity: 0.45 });
}
