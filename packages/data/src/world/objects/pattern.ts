/** @file The patterns, painted in a second colour over an outline's body, in outline units (radius 100). */
import { ellipse, number, polygon, ring } from "../paint/draw.js";
import { type Colour, hex } from "../palette.js";
import { polygons } from "./outline.js";
import { accentOf, type Outline, type Pattern } from "./scene.js";

/** What the second colour covers: all of it is no pattern of the world, but tells judges where a pattern would show. */
export type Cover = Pattern | "covered";

/** Needs the clip path `body`, which `clipToOutline` defines. */
export function paintPattern(pattern: Cover, colour: Colour): string {
  return `<g clip-path="url(#body)" fill="${hex(accentOf(colour))}">${paintMarks(pattern)}</g>`;
}

/** The shapes alone, to be filled with any colour. */
export function paintMarks(pattern: Cover): string {
  return pattern === "covered" ? square(-reach, -reach, 2 * reach) : marks[pattern]();
}

export function clipToOutline(outline: Outline): string {
  return `<clipPath id="body"><path d="${ring(polygons[outline])}"/></clipPath>`;
}

/** Half-extent that every outline lies within. */
const reach = 130;
const cell = 40;

const marks: Readonly<Record<Pattern, () => string>> = {
  plain: () => "",

  // Upright bars 22 wide every 50, so that the body's own colour stays the larger part.
  stripes() {
    let bars = "";
    for (let x = -111; x < reach; x += 50) bars += bar(x, 22);
    return bars;
  },

  checkers() {
    let squares = "";
    for (let row = -4; row < 4; row++) {
      for (let column = -4; column < 4; column++) {
        if ((row + column) % 2 !== 0) squares += square(column * cell, row * cell, cell);
      }
    }
    return squares;
  },

  "polka dots"() {
    let dots = "";
    for (let row = -3; row <= 3; row++) {
      const offset = row % 2 === 0 ? 0 : 27;
      for (let column = -3; column <= 3; column++)
        dots += ellipse(column * 54 + offset, row * 44, 15, 15, "");
    }
    return dots;
  },
};

function bar(x: number, width: number): string {
  return `<rect x="${number(x)}" y="${-reach}" width="${width}" height="${2 * reach}"/>`;
}

function square(x: number, y: number, side: number): string {
  return polygon(
    [
      [x, y],
      [x + side, y],
      [x + side, y + side],
      [x, y + side],
    ],
    "",
  );
}
