/** @file The changes that are made to the drawing itself: dyes, patterns, and ways of drawing it anew. */
import { type Layer, newLayer } from "../paint/layer.js";
import { type Rgb, ramps, toneOf } from "../palette.js";
import { colourEdges, luminance, type Plane, planeOf, step } from "../scenes/styles/raster.js";
import { type Change, type Dye, dyes } from "./scene.js";

/** Pixels across a drawing in pixel art. */
const pixelArtSide = 12;

/** The drawing after the change, of the same side; changes of place and size leave it as it is. */
export function changed(drawing: Layer, change: Change): Layer {
  if ((dyes as readonly string[]).includes(change)) return dyed(drawing, change as Dye);
  switch (change) {
    case "sketch":
      return lineDrawing(drawing, { paper: [252, 250, 244], line: [58, 56, 60] });
    case "blueprint":
      return lineDrawing(drawing, { paper: blueprintPaper, line: [236, 244, 255] });
    case "stripes":
      return patterned(drawing, (x, y) => Math.sin((x + y * 0.6) * 2 * Math.PI * 5));
    case "polka dots":
      return patterned(drawing, polkaDots);
    case "black and white":
      return recoloured(drawing, (colour) => grey(255 * luminance(colour)));
    case "silhouette":
      return recoloured(drawing, () => [22, 22, 28]);
    case "pixel art":
      return pixelArt(drawing);
    default:
      return drawing;
  }
}

/** The paper of blueprints. */
export const blueprintPaper: Rgb = [30, 74, 148];

const grey = (value: number): Rgb => [value, value, value];

/** A new layer, the colour of each pixel (not premultiplied) changed, its transparency kept. */
function recoloured(
  { side, pixels }: Layer,
  colourAt: (old: Rgb, at: number, x: number, y: number) => Rgb,
): Layer {
  const result = newLayer(side);
  for (let at = 0; at < side * side; at++) {
    const alpha = pixels[at * 4 + 3]!;
    if (alpha === 0) continue;
    const share = alpha / 255;
    const old = colourOf(pixels, at);
    const fresh = colourAt(old, at, (at % side) / side, Math.floor(at / side) / side);
    for (const channel of [0, 1, 2] as const)
      result.pixels[at * 4 + channel] = Math.max(0, Math.min(255, fresh[channel])) * share;
    result.pixels[at * 4 + 3] = alpha;
  }
  return result;
}

function colourOf(pixels: Uint8Array, at: number): Rgb {
  const share = pixels[at * 4 + 3]! / 255;
  const [red, green, blue] = [0, 1, 2].map((channel) => pixels[at * 4 + channel]! / share);
  return [red!, green!, blue!];
}

/** Its lights and shadows along the ramp of one colour, stretched so that a black hat is dyed as well. */
function dyed(drawing: Layer, dye: Dye): Layer {
  const { pixels } = drawing;
  const light: number[] = [];
  for (let at = 0; at * 4 < pixels.length; at++)
    if (pixels[at * 4 + 3]! > 200) light.push(luminance(colourOf(pixels, at)));
  light.sort((one, other) => one - other);
  const [low = 0, high = 1] = [0.04, 0.96].map((share) => light[Math.floor(share * light.length)]!);
  const middle = (low + high) / 2;
  const reach = Math.max(0.15, (high - low) / 2);
  return recoloured(drawing, (colour) =>
    toneOf(ramps[dye], Math.max(-1, Math.min(1, (luminance(colour) - middle) / reach))),
  );
}

/** Where `wave` is above 0 the drawing is covered with ink; a dark drawing with white. */
function patterned(drawing: Layer, wave: (x: number, y: number) => number): Layer {
  const ink: Rgb = meanLight(drawing) < 0.4 ? [250, 248, 240] : [44, 40, 96];
  const softness = 2 / drawing.side;
  return recoloured(drawing, (colour, _, x, y) => {
    const share = 0.85 * step(-softness * 8, softness * 8, wave(x, y));
    const mix = (channel: 0 | 1 | 2) => colour[channel] * (1 - share) + ink[channel] * share;
    return [mix(0), mix(1), mix(2)];
  });
}

function meanLight({ pixels }: Layer): number {
  let [sum, covered] = [0, 0];
  for (let at = 0; at * 4 < pixels.length; at++) {
    if (pixels[at * 4 + 3]! < 200) continue;
    sum += luminance(colourOf(pixels, at));
    covered++;
  }
  return sum / Math.max(1, covered);
}

/** Dots in rows that are half a step apart: above 0 inside one. */
function polkaDots(x: number, y: number): number {
  const pitch = 0.21;
  const row = Math.round(y / pitch);
  const offset = row % 2 === 0 ? 0 : 0.5;
  const across = (x / pitch - offset - Math.round(x / pitch - offset)) * pitch;
  return (0.062 - Math.hypot(across, y - row * pitch)) * 25;
}

/** Lines where the drawing's colours meet, on paper that shows through everywhere else. */
export function lineDrawing(drawing: Layer, { paper, line }: { paper: Rgb; line: Rgb }): Layer {
  const { side, pixels } = drawing;
  const flat = new Uint8Array(side * side * 3);
  for (let at = 0; at < side * side; at++) {
    const bare = 255 - pixels[at * 4 + 3]!;
    // On gray, white drawings have an outline and so have black ones.
    for (let channel = 0; channel < 3; channel++)
      flat[at * 3 + channel] = pixels[at * 4 + channel]! + (bare * 150) / 255;
  }
  const edges = colourEdges({ side, pixels: flat });
  const rim = outlineOf(drawing);
  const result = newLayer(side);
  for (let at = 0; at < side * side; at++) {
    const drawn = Math.max(step(0.06, 0.3, edges[at]!), rim[at]!);
    const cover = Math.max(pixels[at * 4 + 3]! / 255, drawn);
    for (const channel of [0, 1, 2] as const)
      result.pixels[at * 4 + channel] =
        cover * (paper[channel] + (line[channel] - paper[channel]) * drawn);
    result.pixels[at * 4 + 3] = 255 * cover;
  }
  return result;
}

/** 1 at the edge of the drawing, whatever its colours. */
function outlineOf({ side, pixels }: Layer): Plane {
  const coverAt = (x: number, y: number) =>
    x < 0 || y < 0 || x >= side || y >= side ? 0 : pixels[(y * side + x) * 4 + 3]! / 255;
  return planeOf(side * side, (at) => {
    const [x, y] = [at % side, Math.floor(at / side)];
    const across = Math.abs(coverAt(x + 1, y) - coverAt(x - 1, y));
    const down = Math.abs(coverAt(x, y + 1) - coverAt(x, y - 1));
    return step(0.2, 0.8, Math.max(across, down));
  });
}

/** Squares of one colour each, out of few colours, with hard edges. */
function pixelArt({ side, pixels }: Layer): Layer {
  const result = newLayer(side);
  const squares = new Map<number, Rgb | undefined>();
  const squareAt = (place: number) => Math.floor((place * pixelArtSide) / side);
  const paintAt = (column: number, row: number): Rgb | undefined => {
    const sum = [0, 0, 0, 0];
    let count = 0;
    const [from, to] = [row, row + 1].map((edge) => Math.ceil((edge * side) / pixelArtSide));
    const [left, right] = [column, column + 1].map((edge) =>
      Math.ceil((edge * side) / pixelArtSide),
    );
    for (let y = from!; y < to!; y++) {
      for (let x = left!; x < right!; x++) {
        for (let channel = 0; channel < 4; channel++)
          sum[channel]! += pixels[(y * side + x) * 4 + channel]!;
        count++;
      }
    }
    if (sum[3]! < 0.5 * 255 * count) return undefined;
    const level = (channel: number) =>
      Math.min(255, Math.round((sum[channel]! / sum[3]!) * 6) * 42.5);
    return [level(0), level(1), level(2)];
  };
  for (let at = 0; at < side * side; at++) {
    const [column, row] = [squareAt(at % side), squareAt(Math.floor(at / side))];
    const key = row * pixelArtSide + column;
    if (!squares.has(key)) squares.set(key, paintAt(column, row));
    const colour = squares.get(key);
    if (colour) result.pixels.set([...colour, 255], at * 4);
  }
  return result;
}
