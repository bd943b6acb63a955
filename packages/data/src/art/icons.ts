/**
 * @file Reads single drawings out of the sets' files. The largest file has 100 MB, so it is scanned once for the
 * places of its drawings (a tenth of a second) instead of being parsed, and drawings are read from disk when asked for.
 */
import { openSync, readFileSync, readSync } from "node:fs";
import { createRequire } from "node:module";
import { DalleError } from "@dalle-ts/tensor";
import { type ArtStyle, artSets } from "./sets.js";

interface IconFile {
  readonly descriptor: number;
  /** Icon → where its body, a JSON string, begins and ends in the file. */
  readonly places: ReadonlyMap<string, readonly [from: number, to: number]>;
}

const files = new Map<ArtStyle, IconFile>();

/** The drawing's SVG elements, on a canvas of the set's `side`. */
export function iconBody(style: ArtStyle, icon: string): string {
  const file = files.get(style) ?? openIcons(style);
  files.set(style, file);
  const place = file.places.get(icon);
  if (!place) {
    throw new DalleError(
      "bad_data",
      `${artSets[style].package} has no drawing ${JSON.stringify(icon)}; install the version that packages/data/package.json names.`,
    );
  }
  const bytes = Buffer.alloc(place[1] - place[0]);
  readSync(file.descriptor, bytes, 0, bytes.length, place[0]);
  return JSON.parse(bytes.toString("utf8"));
}

/** Every icon of the set. */
export function iconNames(style: ArtStyle): Iterable<string> {
  const file = files.get(style) ?? openIcons(style);
  files.set(style, file);
  return file.places.keys();
}

function openIcons(style: ArtStyle): IconFile {
  const path = iconsPath(style);
  return { descriptor: openSync(path, "r"), places: placesIn(readFileSync(path)) };
}

export function iconsPath(style: ArtStyle): string {
  const { package: name } = artSets[style];
  try {
    return createRequire(import.meta.url).resolve(`${name}/icons.json`);
  } catch (cause) {
    throw new DalleError(
      "unsupported",
      `Painting emoji needs the drawings of ${name}; install them with \`npm install ${name}\`, or leave out the families that use them.`,
      { cause },
    );
  }
}

/** The files are written by one program, one icon a block: `"fox": {\n\t\t\t"body": "<path …/>"`. */
function placesIn(bytes: Buffer): Map<string, [number, number]> {
  const places = new Map<string, [number, number]>();
  const opening = '": {\n\t\t\t"body": "';
  for (let at = bytes.indexOf(opening); at >= 0; at = bytes.indexOf(opening, at + 1)) {
    const from = at + opening.length - 1;
    // Bodies hold no line breaks, and a quotation mark inside one is escaped, so the line's last one ends it.
    const to = bytes.lastIndexOf('"', bytes.indexOf("\n", from)) + 1;
    const name = bytes.toString("utf8", bytes.lastIndexOf('"', at - 1) + 1, at);
    places.set(name, [from, to]);
  }
  return places;
}
