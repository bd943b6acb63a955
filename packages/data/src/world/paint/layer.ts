/**
 * @file Rasters with transparency, and putting one on another. A layer is square: side × side × 4 bytes, RGB
 * premultiplied by alpha, row by row.
 */
export interface Layer {
  readonly side: number;
  readonly pixels: Uint8Array;
}

/** Where a layer goes, in pixels of the layer it goes on. */
export interface Placement {
  /** Where its middle goes. */
  readonly x: number;
  readonly y: number;
  /** The side it gets. */
  readonly side: number;
  /** Degrees clockwise. @default 0 */
  readonly turn?: number;
  /** Seen in a mirror. @default false */
  readonly mirrored?: boolean;
  /** Share of its width that its height keeps. @default 1 */
  readonly squash?: number;
}

/** How a layer's pixel mixes in: `ink` replaces its colour, as for shadows; `opacity` is in [0, 1]. */
export interface Mixing {
  readonly ink?: readonly [red: number, green: number, blue: number];
  /** Factor on each channel, for the light of an evening. */
  readonly light?: readonly [red: number, green: number, blue: number];
  /** @default 1 */
  readonly opacity?: number;
}

export function newLayer(side: number): Layer {
  return { side, pixels: new Uint8Array(side * side * 4) };
}

/** Draws `layer` over `target`, smoothly at any size, best at half to full size of the layer. */
export function stamp(
  target: Layer,
  layer: Layer,
  placement: Placement,
  mixing: Mixing = {},
): void {
  const { x, y, side, turn = 0, mirrored = false, squash = 1 } = placement;
  const { ink, light = [1, 1, 1], opacity = 1 } = mixing;
  const radians = (turn * Math.PI) / 180;
  const scale = layer.side / side;
  const [across, down] = [Math.cos(radians) * scale, Math.sin(radians) * scale];
  const reach = (side / 2) * (Math.abs(Math.cos(radians)) + Math.abs(Math.sin(radians)));
  const clamp = (value: number) => Math.max(0, Math.min(target.side, value));
  const [left, right] = [clamp(Math.floor(x - reach)), clamp(Math.ceil(x + reach))];
  const tall = reach * Math.max(squash, Math.abs(Math.sin(radians)));
  const [top, bottom] = [clamp(Math.floor(y - tall)), clamp(Math.ceil(y + tall))];
  const factors = ink ? ink.map((value) => value / 255) : light;
  const sample = new Float64Array(4);
  for (let row = top; row < bottom; row++) {
    const dy = (row + 0.5 - y) / squash;
    for (let column = left; column < right; column++) {
      const dx = column + 0.5 - x;
      const u = across * dx + down * dy;
      const v = across * dy - down * dx;
      sampleAt(layer, (mirrored ? -u : u) + layer.side / 2, v + layer.side / 2, sample);
      const alpha = sample[3]! * opacity;
      if (alpha < 0.5) continue;
      const at = (row * target.side + column) * 4;
      const under = 1 - alpha / 255;
      for (let channel = 0; channel < 3; channel++) {
        const over = (ink ? alpha : sample[channel]! * opacity) * factors[channel]!;
        const mixed = over + target.pixels[at + channel]! * under;
        target.pixels[at + channel] = mixed > 254.5 ? 255 : mixed + 0.5;
      }
      target.pixels[at + 3] = alpha + target.pixels[at + 3]! * under + 0.5;
    }
  }
}

/** Draws `layer` over a target of the same side, pixel on pixel. */
export function cover(target: Layer, layer: Layer): void {
  for (let at = 0; at < target.pixels.length; at += 4) {
    const alpha = layer.pixels[at + 3]!;
    if (alpha === 0) continue;
    const under = 1 - alpha / 255;
    for (let channel = at; channel < at + 4; channel++) {
      target.pixels[channel] = layer.pixels[channel]! + target.pixels[channel]! * under + 0.5;
    }
  }
}

/** Bilinear; outside is transparent. */
function sampleAt({ side, pixels }: Layer, x: number, y: number, sample: Float64Array): void {
  const left = Math.floor(x - 0.5);
  const top = Math.floor(y - 0.5);
  sample[0] = sample[1] = sample[2] = sample[3] = 0;
  if (left < -1 || top < -1 || left >= side || top >= side) return;
  const shareX = x - 0.5 - left;
  const shareY = y - 0.5 - top;
  for (let corner = 0; corner < 4; corner++) {
    const column = left + (corner & 1);
    const row = top + (corner >> 1);
    if (column < 0 || row < 0 || column >= side || row >= side) continue;
    const at = (row * side + column) * 4;
    if (pixels[at + 3] === 0) continue;
    const weight = (corner & 1 ? shareX : 1 - shareX) * (corner >> 1 ? shareY : 1 - shareY);
    sample[0] += weight * pixels[at]!;
    sample[1]! += weight * pixels[at + 1]!;
    sample[2]! += weight * pixels[at + 2]!;
    sample[3]! += weight * pixels[at + 3]!;
  }
}

/** Half the side, every pixel the mean of four. The side must be even. */
export function halve({ side, pixels }: Layer): Layer {
  const half = newLayer(side / 2);
  const stride = side * 4;
  for (let row = 0; row < half.side; row++) {
    for (let column = 0; column < half.side * 4; column++) {
      const from = row * 2 * stride + (column >> 2) * 8 + (column & 3);
      const sum =
        pixels[from]! + pixels[from + 4]! + pixels[from + stride]! + pixels[from + stride + 4]!;
      half.pixels[row * half.side * 4 + column] = (sum + 2) >> 2;
    }
  }
  return half;
}

/** The layer's colours as RGB bytes; where it is transparent they are dark. */
export function rgbOf({ side, pixels }: Layer): Uint8Array {
  const rgb = new Uint8Array(side * side * 3);
  for (let from = 0, to = 0; from < pixels.length; from += 4, to += 3) {
    rgb[to] = pixels[from]!;
    rgb[to + 1] = pixels[from + 1]!;
    rgb[to + 2] = pixels[from + 2]!;
  }
  return rgb;
}
