/**
 * @file Outlined shapes in the manner of emoji: a gradient from light above to dark below, and an ink line
 * around it. Units are the caller's; the line is 1 wide.
 */
import { hex, type Ramp, type Rgb, toneOf } from "../palette.js";
import { number } from "./draw.js";

/** The outline's colour: none of the eleven, dark on all of them but black. */
export const ink: Rgb = [52, 38, 50];
const line = `stroke="${hex(ink)}" stroke-width="1" stroke-linejoin="round" stroke-linecap="round"`;

/** Where a colour is in `defs`: painters refer to it by name. */
export function shading(id: string, ramp: Ramp, shade = 0): string {
  const at = (offset: number, tone: number) =>
    `<stop offset="${offset}" stop-color="${hex(toneOf(ramp, shade + tone))}"/>`;
  return `<linearGradient id="${id}" x1=".2" y1="0" x2=".6" y2="1">${at(0, 0.5)}${at(0.5, 0)}${at(1, -0.45)}</linearGradient>`;
}

/** A closed path, filled by a gradient's id or a colour, with an outline. */
export function shape(data: string, fill: string | Rgb): string {
  return `<path d="${data}" fill="${paintOf(fill)}" ${line}/>`;
}

/** The shape and its mirror image. */
export function twice(body: string): string {
  return `${body}<g transform="scale(-1 1)">${body}</g>`;
}

/** As `shape`, without an outline. */
export function patch(data: string, fill: string | Rgb, opacity = 1): string {
  return `<path d="${data}" fill="${paintOf(fill)}"${opacity === 1 ? "" : ` fill-opacity="${number(opacity)}"`}/>`;
}

/** An open line. */
export function stroke(data: string, colour: Rgb, width: number): string {
  return `<path d="${data}" fill="none" stroke="${hex(colour)}" stroke-width="${number(width)}" stroke-linecap="round" stroke-linejoin="round"/>`;
}

/** The path data of an ellipse. */
export function oval(x: number, y: number, rx: number, ry: number): string {
  return `M${number(x - rx)} ${number(y)}a${number(rx)} ${number(ry)} 0 1 0 ${number(2 * rx)} 0a${number(rx)} ${number(ry)} 0 1 0 ${number(-2 * rx)} 0Z`;
}

function paintOf(fill: string | Rgb): string {
  return typeof fill === "string" ? `url(#${fill})` : hex(fill);
}
