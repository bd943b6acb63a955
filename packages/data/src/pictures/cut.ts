/**
 * @file Which square of a picture a model sees: the paper's two ways, and one without chance. A cut is numbers only; `decode.ts`
 * applies it. The paper's 256, 288 and 384 pixels are 1, 9/8 and 12/8 of the model's size here.
 */
import type { Random } from "../random.js";

export interface Cut {
  /** A square of the picture, in its pixels. */
  readonly left: number;
  readonly top: number;
  readonly side: number;
  /** What that square is resized to, >= the size of the result. */
  readonly resized: number;
  /** Corner of the result in the resized square. */
  readonly windowLeft: number;
  readonly windowTop: number;
  /** Left and right exchanged. */
  readonly mirrored: boolean;
}

/** `size`: side of the result in pixels. Draws from `random` in a fixed order. */
export type Cutter = (width: number, height: number, size: number, random: Random) => Cut;

/** The largest centred square. The same for every seed. */
export const centreCut: Cutter = (width, height, size) => {
  const side = Math.min(width, height);
  return {
    left: Math.floor((width - side) / 2),
    top: Math.floor((height - side) / 2),
    side,
    resized: size,
    windowLeft: 0,
    windowTop: 0,
    mirrored: false,
  };
};

/**
 * For training the dVAE, Listing 1 of the paper [SPEC §1.3]: with s the shorter side, a random s × s square; resized to t,
 * uniform in [min(s, 9/8 size), min(s, 12/8 size)]; a random window; mirrored half of the time.
 */
export const dvaeCut: Cutter = (width, height, size, random) => {
  const side = Math.min(width, height);
  const left = random.integer(width - side + 1);
  const top = random.integer(height - side + 1);
  const low = Math.min(side, Math.round((size * 9) / 8));
  const high = Math.min(side, Math.round((size * 12) / 8));
  const resized = atLeast(size, low + random.integer(high - low + 1));
  const window = windowOf(resized, size, random);
  return { left, top, side, resized, ...window, mirrored: random.integer(2) === 1 };
};

/**
 * For training the transformer, Listing 2 of the paper [SPEC §2.4]: a square near the centre, its offset on each axis uniform
 * in [3d / 8, max(3d / 8 + 1, 5d / 8)) with d what the axis is longer; resized to t, uniform in [size, min(s, 9/8 size)]; a
 * random window. Never mirrored: pictures may contain text.
 */
export const transformerCut: Cutter = (width, height, size, random) => {
  const side = Math.min(width, height);
  const left = nearCentre(width - side, random);
  const top = nearCentre(height - side, random);
  const high = Math.max(size, Math.min(side, Math.round((size * 9) / 8)));
  const resized = size + random.integer(high - size + 1);
  return { left, top, side, resized, ...windowOf(resized, size, random), mirrored: false };
};

function nearCentre(rest: number, random: Random): number {
  const low = Math.floor((3 * rest) / 8);
  const end = Math.max(low + 1, Math.floor((5 * rest) / 8));
  return low + random.integer(end - low);
}

/** The paper's pictures are large enough; smaller ones are enlarged to the size of the model here. */
const atLeast = (size: number, resized: number): number => Math.max(size, resized);

function windowOf(resized: number, size: number, random: Random) {
  const room = resized - size + 1;
  return { windowLeft: random.integer(room), windowTop: random.integer(room) };
}

/** By name, for command lines. */
export const cutters = { centre: centreCut, dvae: dvaeCut, transformer: transformerCut } as const;
export type CutName = keyof typeof cutters;
