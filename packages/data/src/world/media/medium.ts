/** @file The media: each drawn on the 64 × 64 canvas around (32, 32), with the room that it leaves for its content. */
import { ellipse, number } from "../paint/draw.js";
import { blend, type Colour, hex, type Rgb, ramps, toneOf } from "../palette.js";
import { lettering, type Room } from "./letters.js";
import type { Medium } from "./scene.js";

export interface Form {
  /** Where words and pictures go. */
  readonly wordRoom: Room;
  readonly pictureRoom: Room;
  /** What fills the whole picture behind the medium; by default a wall in one of the soft colours. */
  readonly setting?: string;
  draw(body: Colour, wall: Rgb): string;
  /** What lies over the content. */
  readonly over?: string;
  /** The colour of its words. */
  ink(body: Colour): Rgb;
}

const dark: Rgb = [34, 32, 44];
const pale: Rgb = [253, 252, 246];
const tone = (colour: Colour, at: number) => hex(toneOf(ramps[colour], at));
const rect = (x: number, y: number, width: number, height: number, fill: string, radius = 0) =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}"/>`;
const path = (data: string, fill: string, rest = "") =>
  `<path d="${data}" fill="${fill}" ${rest}/>`;
const line = (data: string, colour: string, width: number, opacity = 1) =>
  path(
    data,
    "none",
    `stroke="${colour}" stroke-width="${width}" stroke-opacity="${opacity}" stroke-linecap="round"`,
  );
const room = (x: number, y: number, width: number, height: number): Room => ({
  x,
  y,
  width,
  height,
});
const isDark = (body: Colour) => !["white", "yellow", "pink", "orange", "gray"].includes(body);
const onBody = (body: Colour) => (isDark(body) ? pale : dark);
/** A cylinder seen from the side: dark at both edges, a gleam left of the middle. */
const barrel = (body: Colour) =>
  `<linearGradient id="barrel"><stop offset="0" stop-color="${tone(body, -0.8)}"/><stop offset=".22" stop-color="${tone(body, 0.55)}"/><stop offset=".6" stop-color="${tone(body, 0)}"/><stop offset="1" stop-color="${tone(body, -1)}"/></linearGradient>`;

const shirtOutline =
  "M23 7C26 13 38 13 41 7L51 10Q58 17 62 27L52 33L48 27L49 59H15L16 27L12 33L2 27Q6 17 13 10Z";
const canOutline = "M17 14L22 7H42L47 14V53L42 59H22L17 53Z";

export const forms: Readonly<Record<Medium, Form>> = {
  "t-shirt": {
    wordRoom: room(32, 31, 28, 13),
    pictureRoom: room(32, 36, 26, 26),
    ink: onBody,
    draw: (body) =>
      path(
        shirtOutline,
        tone(body, 0),
        `stroke="${tone(body, -1)}" stroke-width=".8" stroke-linejoin="round"`,
      ) +
      line("M23 7C26 15 38 15 41 7", tone(body, -0.9), 1.4) +
      line("M16 27L18 20M48 27L46 20M4.500 28L11.500 32M59.500 28L52.500 32", tone(body, -1), 0.7) +
      line("M19 57C21 53 21 49 19 45M45 57C43 54 43 50 45 46", tone(body, -0.8), 1, 0.7),
  },
  mug: {
    wordRoom: room(27, 37, 26, 14),
    pictureRoom: room(27, 38, 24, 24),
    ink: onBody,
    draw: (body) =>
      barrel(body) +
      ellipse(32, 57, 26, 4, 'fill="#000" fill-opacity=".16"') +
      line("M43 26C62 20 62 50 43 46", tone(body, -0.5), 5) +
      path("M10 16V48Q10 57 19 57H35Q44 57 44 48V16Z", "url(#barrel)") +
      ellipse(27, 16, 17, 4.4, `fill="${tone(body, 0.7)}"`) +
      ellipse(27, 16.5, 14.6, 3.2, 'fill="#4c2c18"') +
      line("M21 11C18 8 24 6 21 2.500M32 11C29 8 35 6 32 2.500", "#ffffff", 1.6, 0.75),
  },
  "soda can": {
    wordRoom: room(32, 34, 26, 14),
    pictureRoom: room(32, 34, 25, 25),
    ink: onBody,
    draw: (body) =>
      barrel(body) +
      ellipse(32, 59, 17, 3, 'fill="#000" fill-opacity=".2"') +
      path(canOutline, "#c3c8d0") +
      path("M17 14H47V53H17Z", "url(#barrel)") +
      line("M17.400 15H46.600M17.400 52.500H46.600", "#eef1f5", 0.9, 0.8) +
      ellipse(32, 7.5, 10, 2.6, 'fill="#e6e9ee" stroke="#8d94a0" stroke-width=".7"') +
      ellipse(33, 7.4, 3.6, 1, 'fill="#8d94a0"') +
      line("M20.500 18V49", "#ffffff", 1.8, 0.45),
  },
  billboard: {
    wordRoom: room(32, 23, 46, 20),
    pictureRoom: room(32, 23, 27, 27),
    setting:
      rect(0, 0, 64, 64, "#a9d7f4") +
      ellipse(10, 8, 9, 3, 'fill="#fff" fill-opacity=".8"') +
      ellipse(55, 5, 8, 2.6, 'fill="#fff" fill-opacity=".8"') +
      path("M0 52Q18 45 36 51T64 49V64H0Z", "#7dba5d") +
      path("M0 64V60H64V64Z", "#62666e"),
    ink: onBody,
    draw: (body) =>
      rect(15, 38, 4, 24, "#5b6068") +
      rect(45, 38, 4, 24, "#5b6068") +
      rect(4, 6, 56, 34, "#3d424b", 1) +
      rect(6, 8, 52, 30, tone(body, body === "white" ? 0.8 : 0)) +
      rect(3, 40, 58, 2.4, "#777d87") +
      line("M14 41V44.500M32 41V44.500M50 41V44.500", "#454a52", 1.4) +
      line("M12 45H16M30 45H34M48 45H52", "#fff3b0", 1.6),
  },
  "neon sign": {
    wordRoom: room(32, 32, 46, 22),
    pictureRoom: room(32, 32, 34, 34),
    setting: rect(0, 0, 64, 64, "#3a2438") + bricks(),
    ink: (body) => blend(toneOf(ramps[body], 1), [255, 255, 255], 0.45),
    draw: (body) =>
      `<radialGradient id="halo"><stop offset="0" stop-color="${tone(body, 0)}" stop-opacity=".5"/><stop offset="1" stop-color="${tone(body, 0)}" stop-opacity="0"/></radialGradient>` +
      line("M14 0V12M50 0V12", "#15111c", 1) +
      rect(4, 10, 56, 44, "#17121f", 4) +
      ellipse(32, 32, 31, 25, 'fill="url(#halo)"') +
      [3.4, 1.1].map((width) => border(body, width)).join(""),
  },
  "store front": {
    wordRoom: room(32, 14, 44, 14),
    pictureRoom: room(32, 13.5, 20, 20),
    setting: rect(0, 0, 64, 64, "#d9b48c") + rect(0, 59, 64, 5, "#8a8d93"),
    ink: () => dark,
    draw: (body) =>
      rect(4, 1, 56, 59, tone(body, 0)) +
      rect(6, 3, 52, 21, "#f7efdc", 1.5) +
      rect(8, 32, 30, 23, "#bfe4ee") +
      path("M10 52L26 34H32L16 54H10Z", "#ffffff", 'fill-opacity=".5"') +
      rect(42, 32, 14, 28, tone(body, -1)) +
      rect(44, 35, 10, 13, "#bfe4ee") +
      ellipse(44.6, 51.5, 1, 1, 'fill="#f3d36b"') +
      awning(body),
  },
  "road sign": {
    wordRoom: room(32, 27, 35, 12),
    pictureRoom: room(32, 27, 25, 25),
    setting:
      rect(0, 0, 64, 64, "#bfe1f5") +
      path("M0 48Q22 40 42 46T64 44V64H0Z", "#8cc06a") +
      path("M26 64L44 46H48L58 64Z", "#777b83"),
    ink: () => dark,
    draw: (body) =>
      rect(30, 40, 4, 24, "#8b9098") +
      diamond(26.5, tone(body, -0.4)) +
      diamond(25.5, "#22222a") +
      diamond(23.6, tone(body, 0.1)),
  },
  "postage stamp": {
    wordRoom: room(32, 30, 30, 16),
    pictureRoom: room(32, 30, 27, 27),
    ink: (body) => toneOf(ramps[body], -0.9),
    draw: (body, wall) =>
      rect(9, 5, 46, 54, "#fffdf4") +
      perforation(hex(wall)) +
      rect(14, 10, 36, 44, tone(body, 0)) +
      rect(15.5, 11.5, 33, 36.5, hex(blend(toneOf(ramps[body], 1), [255, 255, 255], 0.72))) +
      line("M18 51H34", "#ffffff", 1.4) +
      ellipse(45, 51, 2.2, 2.2, 'fill="#ffffff"'),
    over: `${ellipse(49, 13, 8, 8, 'fill="none" stroke="#33303c" stroke-width="1" stroke-opacity=".6"')}${[9, 12.5, 16].map((y) => line(`M18 ${y}q4 -3 8 0t8 0t7 0`, "#33303c", 0.9, 0.5)).join("")}`,
  },
  "playing card": {
    wordRoom: room(32, 32, 27, 14),
    pictureRoom: room(32, 32, 26, 26),
    ink: (body) => toneOf(ramps[body], 0),
    draw: (body) => {
      const suit = body === "red" ? heart : spade;
      const corner = `${lettering(body === "red" ? "q" : "k", room(18.5, 10.5, 5, 6.5), tone(body, 0))}<g transform="translate(18.500 18)">${path(suit, tone(body, 0))}</g>`;
      return (
        rect(13.2, 3.4, 39.6, 59.2, "#000000", 4).replace("/>", ' fill-opacity=".16"/>') +
        path(
          "M16 2H48Q52 2 52 6V58Q52 62 48 62H16Q12 62 12 58V6Q12 2 16 2Z",
          "#fffefa",
          'stroke="#b9b6ae" stroke-width=".8"',
        ) +
        corner +
        `<g transform="rotate(180 32 32)">${corner}</g>`
      );
    },
  },
};

const heart = "M0 3.500C-5 -.500 -3 -4 0 -1.500C3 -4 5 -.500 0 3.500Z";
const spade =
  "M0 -3.500C-5 0 -3 3.500 -.500 1.800L-1.200 3.800H1.200L.500 1.800C3 3.500 5 0 0 -3.500Z";

function diamond(radius: number, fill: string): string {
  const side = radius * Math.SQRT2;
  return `<rect x="${number(32 - side / 2)}" y="${number(27 - side / 2)}" width="${number(side)}" height="${number(side)}" rx="3" fill="${fill}" transform="rotate(45 32 27)"/>`;
}

/** Half-round holes along the four edges of a stamp. */
function perforation(wall: string): string {
  const holes: string[] = [];
  const hole = (x: number, y: number) => holes.push(ellipse(x, y, 1.35, 1.35, `fill="${wall}"`));
  for (let x = 11.3; x < 54; x += 4.6) [5, 59].map((y) => hole(x, y));
  for (let y = 7.3; y < 58; y += 4.5) [9, 55].map((x) => hole(x, y));
  return holes.join("");
}

function bricks(): string {
  const joints: string[] = [];
  for (let row = 0; row < 9; row++) {
    joints.push(`M0 ${row * 8}H64`);
    for (let x = row % 2 === 0 ? 4 : 12; x < 64; x += 16) joints.push(`M${x} ${row * 8}v8`);
  }
  return line(joints.join(""), "#24142a", 0.9);
}

/** The lit tube around a neon sign. */
function border(body: Colour, width: number): string {
  const colour = width > 2 ? tone(body, 0) : hex(blend(toneOf(ramps[body], 1), pale, 0.5));
  return `<rect x="7" y="13" width="50" height="38" rx="4" fill="none" stroke="${colour}" stroke-width="${width}" stroke-opacity="${width > 2 ? 0.4 : 0.9}"/>`;
}

function awning(body: Colour): string {
  const strips = Array.from({ length: 8 }, (_, index) => {
    const x = 2 + index * 7.5;
    const fill = index % 2 === 0 ? tone(body, 0.8) : "#fdfaf2";
    return path(`M${x} 25h7.500v8a3.750 3 0 0 1 -7.500 0Z`, fill);
  });
  return strips.join("") + rect(2, 24.5, 60, 1.4, tone(body, -1));
}
