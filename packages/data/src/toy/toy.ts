/**
 * @file The toy task: 9,216 pictures of 32 × 32, each a function of its caption. A system that cannot learn
 * to draw these from their captions is broken (DALLE-pytorch's issue 39 is such a report).
 *
 * 8 colours × 8 shapes × 4 textures × 6 backgrounds × 3 places × 2 sizes = 9,216. Usual values go unsaid, so
 * captions have 3 ("a red circle") to 12 words ("a small red striped circle on a gray background at the
 * left"), and no two captions are alike.
 */
import { badOption } from "@dalle-ts/tensor";
import { shapeTests } from "./shapes.js";

export const toyCount = 9216;
/** Side of a toy picture in pixels. */
export const toySize = 32;

type Rgb = readonly [number, number, number];
type Choice<Value> = readonly [words: string, value: Value];

const colours: readonly Choice<Rgb>[] = [
  ["red", [214, 32, 38]],
  ["orange", [242, 128, 18]],
  ["yellow", [244, 206, 24]],
  ["green", [36, 152, 62]],
  ["blue", [34, 92, 212]],
  ["purple", [128, 56, 184]],
  ["brown", [112, 66, 34]],
  ["black", [24, 24, 30]],
];
const backgrounds: readonly Choice<Rgb>[] = [
  ["", [252, 252, 252]],
  ["gray", [168, 170, 176]],
  ["pink", [252, 196, 214]],
  ["cyan", [150, 226, 232]],
  ["cream", [252, 238, 200]],
  ["lilac", [206, 196, 246]],
];
const sizes: readonly Choice<number>[] = [
  ["", 11],
  ["small", 6.5],
];
const places: readonly Choice<number>[] = [
  ["", 0],
  ["at the left", -1],
  ["at the right", 1],
];

/** Is the colour left out here? (x, y) in pixels from the shape's middle. */
type Texture = (x: number, y: number, shape: (x: number, y: number) => boolean) => boolean;
const textures: readonly Choice<Texture>[] = [
  ["", () => false],
  ["striped", (x) => (Math.floor(x / 2) & 1) === 0],
  ["checkered", (x, y) => ((Math.floor(x / 3) + Math.floor(y / 3)) & 1) === 0],
  ["hollow", (x, y, shape) => shape(x * 1.6, y * 1.6)],
];
const shapes = Object.entries(shapeTests);

export interface ToySample {
  readonly caption: string;
  /** 32 × 32 × 3 bytes: height, width, RGB. */
  readonly pixels: Uint8Array;
}

/** Sample `index` of 0 … 9,215; neighbouring indices differ in colour first, then in shape. */
export function toySample(index: number): ToySample {
  if (!Number.isInteger(index) || index < 0 || index >= toyCount) {
    throw badOption("index", `an integer in [0, ${toyCount})`, index);
  }
  let rest = index;
  const take = <Value>(list: readonly Value[]): Value => {
    const value = list[rest % list.length]!;
    rest = Math.floor(rest / list.length);
    return value;
  };
  const [colourWord, colour] = take(colours);
  const [shapeWord, shape] = take(shapes);
  const [textureWord, texture] = take(textures);
  const [backgroundWord, background] = take(backgrounds);
  const [placeWords, place] = take(places);
  const [sizeWord, radius] = take(sizes);

  const ground = backgroundWord && `on a ${backgroundWord} background`;
  const words = ["a", sizeWord, colourWord, textureWord, shapeWord, ground, placeWords];
  const caption = words
    .filter(Boolean)
    .join(" ")
    .replace(/\ba (?=[aeiou])/, "an ");

  const middle = toySize / 2;
  const x0 = middle + place * (middle - radius - 1);
  const inside = (x: number, y: number) => shape(x / radius, y / radius);
  const pixels = sampled((x, y) => {
    const [dx, dy] = [x - x0, y - middle];
    return inside(dx, dy) && !texture(dx, dy, inside) ? colour : background;
  });
  return { caption, pixels };
}

/** Averages 4 × 4 points a pixel of a picture given as a function. */
function sampled(colourAt: (x: number, y: number) => Rgb): Uint8Array {
  const pixels = new Uint8Array(toySize * toySize * 3);
  const side = 4;
  for (let pixel = 0; pixel < toySize * toySize; pixel++) {
    const sum: [number, number, number] = [0, 0, 0];
    for (let point = 0; point < side * side; point++) {
      const x = (pixel % toySize) + ((point % side) + 0.5) / side;
      const y = Math.floor(pixel / toySize) + (Math.floor(point / side) + 0.5) / side;
      const colour = colourAt(x, y);
      for (const channel of [0, 1, 2] as const) sum[channel] += colour[channel];
    }
    for (const channel of [0, 1, 2] as const)
      pixels[pixel * 3 + channel] = Math.round(sum[channel] / side ** 2);
  }
  return pixels;
}
