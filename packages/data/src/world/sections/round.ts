/** @file What sections are made of: uneven rings, sectors, seeds; around the origin, radius 24, y down. */
import type { Random } from "../../random.js";
import { number, ring } from "../paint/draw.js";
import { oval, patch, shape } from "../paint/shape.js";
import { hex, type Rgb } from "../palette.js";

/** A gradient outwards from the origin to `radius`: [share of the radius, colour]. */
export function glow(
  id: string,
  radius: number,
  stops: readonly (readonly [number, Rgb])[],
): string {
  const tones = stops.map(([at, colour]) => `<stop offset="${at}" stop-color="${hex(colour)}"/>`);
  return `<radialGradient id="${id}" gradientUnits="userSpaceOnUse" cx="0" cy="0" r="${radius}">${tones.join("")}</radialGradient>`;
}

/** The outermost shape: on a soft shadow, and with a pale rim that parts it from a wall of its own colour. */
export function skin(data: string, fill: string | Rgb): string {
  return (
    `<path transform="translate(1.4 2.2)" d="${data}" fill-opacity=".18"/>` +
    `<path d="${data}" stroke="#fff" stroke-opacity=".8" stroke-width="3.6" stroke-linejoin="round"/>` +
    shape(data, fill)
  );
}

/** The path data of a disc. */
export function disc(radius: number): string {
  return oval(0, 0, radius, radius);
}

/** Shares of a radius by angle, smooth, up to `by` more or less than 1: rings that share one stay parallel. */
export type Wobble = (degrees: number) => number;

export function drawWobble(random: Random, by: number): Wobble {
  const phases = [2, 3, 5].map((times) => [times, random.between(0, 6.28)] as const);
  return (degrees) =>
    1 +
    phases.reduce(
      (sum, [times, phase]) =>
        sum + (by / phases.length) * Math.sin((degrees * Math.PI * times) / 180 + phase),
      0,
    );
}

/** The path data of an uneven ring; `rough` moves every corner by up to that many units. */
export function blob(radius: number, wobble: Wobble, rough = 0, random?: Random): string {
  const corners = Array.from({ length: 60 }, (_, at) => {
    const off = random ? random.between(-rough, rough) : 0;
    return polar(radius * wobble(at * 6) + off, at * 6);
  });
  return ring(corners);
}

/** Degrees clockwise from the right. */
export function polar(radius: number, degrees: number): [number, number] {
  const angle = (degrees * Math.PI) / 180;
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

/** The path data of a slice of a disc, its corners rounded by the caller's line. */
export function sector(inner: number, outer: number, from: number, to: number): string {
  const text = (radius: number, at: number) => polar(radius, at).map(number).join(" ");
  return `M${text(inner, (from + to) / 2)}L${text(outer, from)}A${outer} ${outer} 0 0 1 ${text(outer, to)}Z`;
}

/** Drops that point to the middle. */
export function seeds(
  radius: number,
  count: number,
  [length, width]: readonly [number, number],
  colour: Rgb,
  turn: number,
): string {
  return Array.from({ length: count }, (_, at) => {
    const degrees = turn + (at * 360) / count;
    const drop = `M${number(radius - length)} 0Q${number(radius)} ${number(-width * 1.6)} ${number(radius + length)} 0Q${number(radius)} ${number(width * 1.6)} ${number(radius - length)} 0Z`;
    return `<g transform="rotate(${number(degrees)})">${patch(drop, colour)}</g>`;
  }).join("");
}
