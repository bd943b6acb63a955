/** @file A contact sheet for people: pictures side by side, each with its caption in small letters beneath. */
import { createRequire } from "node:module";
import { badOption } from "@dalle-ts/tensor";
import { Resvg } from "@resvg/resvg-js";
import type { RgbImage } from "../pictures/rgb-image.js";

export interface SheetCell {
  /** Of one size on a sheet. */
  readonly image: RgbImage;
  readonly caption: string;
}

export interface CaptionedSheetOptions {
  /** Cells in a row; an integer >= 1. @default 8 */
  readonly columns?: number;
}

const GAP = 6;
const FONT_SIZE = 10;
const LINE_HEIGHT = 12;
const MOST_LINES = 3;
/** Mean width of a letter of DejaVu Sans Condensed, in font sizes. */
const LETTER_WIDTH = 0.55;

/** DejaVu comes with the package, so that a sheet is the same on a machine without fonts. */
const font = () =>
  createRequire(import.meta.url).resolve("dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf");

/** A white sheet; captions longer than three lines end in "…". */
export function captionedSheet(
  cells: readonly SheetCell[],
  { columns = 8 }: CaptionedSheetOptions = {},
): RgbImage {
  const [first] = cells;
  if (!first) throw badOption("cells", "at least one picture", "none");
  if (!(Number.isSafeInteger(columns) && columns >= 1)) {
    throw badOption("columns", "an integer >= 1", columns);
  }
  const cellWidth = first.image.width + GAP;
  const cellHeight = first.image.height + MOST_LINES * LINE_HEIGHT + GAP;
  const width = Math.min(columns, cells.length) * cellWidth + GAP;
  const height = Math.ceil(cells.length / columns) * cellHeight + GAP;
  const corner = (index: number) => ({
    left: (index % columns) * cellWidth + GAP,
    top: Math.floor(index / columns) * cellHeight + GAP,
  });
  const texts = cells.map(({ image, caption }, index) => {
    const { left, top } = corner(index);
    return wrap(caption, image.width).map((line, number) => {
      const baseline = top + image.height + (number + 0.85) * LINE_HEIGHT;
      return `<text x="${left}" y="${baseline}">${escapeXml(line)}</text>`;
    });
  });
  const sheet = drawn(texts.flat().join(""), width, height);
  for (const [index, { image }] of cells.entries()) paste(sheet, image, corner(index));
  return sheet;
}

function drawn(body: string, width: number, height: number): RgbImage {
  const style = `font-family="DejaVu Sans Condensed" font-size="${FONT_SIZE}" fill="#222"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><g ${style}>${body}</g></svg>`;
  const rgba = new Resvg(svg, {
    background: "white",
    font: {
      loadSystemFonts: false,
      fontFiles: [font()],
      defaultFontFamily: "DejaVu Sans Condensed",
    },
  }).render().pixels;
  const pixels = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    pixels.set(rgba.subarray(4 * pixel, 4 * pixel + 3), 3 * pixel);
  }
  return { width, height, pixels };
}

function paste(sheet: RgbImage, image: RgbImage, { left, top }: { left: number; top: number }) {
  for (let y = 0; y < image.height; y++) {
    const line = image.pixels.subarray(y * image.width * 3, (y + 1) * image.width * 3);
    sheet.pixels.set(line, ((top + y) * sheet.width + left) * 3);
  }
}

/** Lines of whole words; a word longer than a line is cut. */
function wrap(caption: string, width: number): string[] {
  const most = Math.max(4, Math.floor(width / (FONT_SIZE * LETTER_WIDTH)));
  const lines: string[] = [];
  let line = "";
  for (const word of caption.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (longer.length > most && line !== "") {
      lines.push(line);
      line = word;
    } else line = longer;
    if (lines.length > MOST_LINES) break;
  }
  lines.push(line);
  const shown = lines.slice(0, MOST_LINES).map((each) => clip(each, most));
  if (lines.length > MOST_LINES) shown[MOST_LINES - 1] = clip(`${shown.at(-1)} …`, most);
  return shown;
}

const clip = (line: string, most: number): string => {
  const letters = [...line];
  return letters.length <= most ? line : `${letters.slice(0, most - 1).join("")}…`;
};

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
/** XML has no place for control characters and these two, not even escaped. */
const escapeXml = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, " ").replace(/[&<>]/g, (letter) => escapes[letter]!);
