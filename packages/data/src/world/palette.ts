/**
 * @file The eleven colours of the world. A colour is a *ramp* of three tones (dark, base, light; sRGB 0–255),
 * and a painter shades only along it, so a judge can name the colour of a pixel in light or shadow.
 * Ramps of different colours stay at least 45 units (RGB distance) apart; a test holds this.
 */
export type Rgb = readonly [red: number, green: number, blue: number];
export type Ramp = readonly [dark: Rgb, base: Rgb, light: Rgb];

export const colours = [
  "red",
  "orange",
  "yellow",
  "green",
  "blue",
  "purple",
  "pink",
  "brown",
  "black",
  "white",
  "gray",
] as const;
export type Colour = (typeof colours)[number];

export const ramps: Readonly<Record<Colour, Ramp>> = {
  red: [rgb(150, 14, 22), rgb(214, 32, 38), rgb(240, 80, 74)],
  orange: [rgb(196, 76, 0), rgb(242, 120, 12), rgb(255, 160, 66)],
  yellow: [rgb(216, 176, 10), rgb(250, 214, 32), rgb(255, 238, 130)],
  green: [rgb(14, 92, 38), rgb(36, 152, 62), rgb(104, 202, 116)],
  blue: [rgb(16, 48, 136), rgb(34, 92, 212), rgb(96, 150, 248)],
  purple: [rgb(78, 26, 122), rgb(128, 56, 184), rgb(176, 116, 222)],
  pink: [rgb(222, 92, 150), rgb(248, 134, 184), rgb(255, 174, 210)],
  brown: [rgb(76, 42, 18), rgb(112, 66, 34), rgb(150, 100, 62)],
  black: [rgb(6, 6, 10), rgb(30, 30, 36), rgb(62, 62, 72)],
  white: [rgb(205, 207, 214), rgb(238, 239, 243), rgb(255, 255, 255)],
  gray: [rgb(102, 104, 110), rgb(132, 134, 140), rgb(160, 162, 168)],
};

function rgb(red: number, green: number, blue: number): Rgb {
  return [red, green, blue];
}

/** The ramp at `tone`: −1 is dark, 0 base, 1 light; values outside are clamped. */
export function toneOf(ramp: Ramp, tone: number): Rgb {
  const [from, to] = tone < 0 ? [ramp[1], ramp[0]] : [ramp[1], ramp[2]];
  return blend(from, to, Math.min(1, Math.abs(tone)));
}

/** `share` = 0 gives `from`, 1 gives `to`. */
export function blend(from: Rgb, to: Rgb, share: number): Rgb {
  const at = (channel: 0 | 1 | 2) => from[channel] + (to[channel] - from[channel]) * share;
  return [at(0), at(1), at(2)];
}

/** Euclidean distance in sRGB, 0 to 441. */
export function distance(one: Rgb, other: Rgb): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}

/** Distance from a colour to the nearest point of a ramp. */
export function distanceToRamp(colour: Rgb, ramp: Ramp): number {
  return Math.min(
    distanceToSegment(colour, ramp[0], ramp[1]),
    distanceToSegment(colour, ramp[1], ramp[2]),
  );
}

function distanceToSegment(colour: Rgb, from: Rgb, to: Rgb): number {
  const dot = (a: Rgb, b: Rgb, c: Rgb) =>
    (a[0] - c[0]) * (b[0] - c[0]) + (a[1] - c[1]) * (b[1] - c[1]) + (a[2] - c[2]) * (b[2] - c[2]);
  const length = dot(to, to, from);
  const share = length === 0 ? 0 : dot(colour, to, from) / length;
  return distance(colour, blend(from, to, Math.max(0, Math.min(1, share))));
}

/** `#rrggbb` */
export function hex(colour: Rgb): string {
  const byte = (channel: number) =>
    Math.max(0, Math.min(255, Math.round(channel)))
      .toString(16)
      .padStart(2, "0");
  return `#${colour.map(byte).join("")}`;
}
