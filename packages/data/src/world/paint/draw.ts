/** @file Writes SVG elements. Numbers are rounded to 1/100 unit, so the text is the same on every engine. */
import { hex, type Ramp, type Rgb, toneOf } from "../palette.js";

export type Point = readonly [x: number, y: number];

/** 3.14159 → "3.14" */
export function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}

export function polygon(points: readonly Point[], attributes: string): string {
  return `<path d="${ring(points)}" ${attributes}/>`;
}

/** The path data of a closed polygon. */
export function ring(points: readonly Point[]): string {
  return `M${points.map(([x, y]) => `${number(x)} ${number(y)}`).join("L")}Z`;
}

export function ellipse(x: number, y: number, rx: number, ry: number, attributes: string): string {
  return `<ellipse cx="${number(x)}" cy="${number(y)}" rx="${number(rx)}" ry="${number(ry)}" ${attributes}/>`;
}

/** A stop of a gradient along a ramp: [offset 0–1, tone −1–1]. */
export type ToneStop = readonly [offset: number, tone: number];

/** A gradient from left (0) to right (1), or along `direction` in units of the painted shape's box. */
export function linearGradient(
  id: string,
  ramp: Ramp,
  stops: readonly ToneStop[],
  direction = 'x2="1" y2="0"',
): string {
  return `<linearGradient id="${id}" ${direction}>${toneStops(ramp, stops)}</linearGradient>`;
}

/** A gradient outwards from (x, y), in units of the painted shape's box. */
export function radialGradient(
  id: string,
  ramp: Ramp,
  stops: readonly ToneStop[],
  [x, y]: Point,
  radius: number,
): string {
  return `<radialGradient id="${id}" cx="${number(x)}" cy="${number(y)}" r="${number(radius)}">${toneStops(ramp, stops)}</radialGradient>`;
}

function toneStops(ramp: Ramp, stops: readonly ToneStop[]): string {
  return stops.map(([offset, tone]) => stop(offset, toneOf(ramp, tone))).join("");
}

/** One stop of a gradient in a plain colour. */
export function stop(offset: number, colour: Rgb, opacity = 1): string {
  const veil = opacity === 1 ? "" : ` stop-opacity="${number(opacity)}"`;
  return `<stop offset="${number(offset)}" stop-color="${hex(colour)}"${veil}/>`;
}

/** `fill="#rrggbb"` of a ramp at a tone. */
export function fillTone(ramp: Ramp, tone: number): string {
  return `fill="${hex(toneOf(ramp, tone))}"`;
}
