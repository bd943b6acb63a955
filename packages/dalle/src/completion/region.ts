/**
 * @file Which codes of a picture are kept when the rest is drawn anew. A region is said in fractions of the picture or
 * by a mask of its pixels, and snapped to whole codes: a code is kept only if every one of its pixels is.
 */
import { type CodeGrid, codeGrid, type PictureCodecConfig } from "@dalle-ts/models";
import { badOption, DalleError } from "@dalle-ts/tensor";
import { checkImage, type DalleImage } from "../images/image.js";

/** Borders that are kept, each a fraction of the picture's height or width in [0, 1]; the rest of it is drawn anew. */
export interface KeptBorders {
  readonly top?: number | undefined;
  readonly bottom?: number | undefined;
  readonly left?: number | undefined;
  readonly right?: number | undefined;
}

/** In fractions of the picture's width and height, from its top left. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** `{ top: 0.5 }` keeps the upper half; `{ rectangle: … }` keeps a rectangle and draws all around it. */
export type Keep = KeptBorders | { readonly rectangle: Rectangle };

/** What to keep, or what to draw anew: a picture of the model's size, white (128 and more) where to draw. */
export type CompletionRegion =
  | { readonly keep: Keep; readonly mask?: undefined }
  | { readonly mask: DalleImage; readonly keep?: undefined };

/** A byte for each code in raster order: 1 where it is kept. Refuses a region that keeps all or nothing. */
export function keptCodes(
  region: { readonly keep?: Keep; readonly mask?: DalleImage },
  codec: PictureCodecConfig,
): Uint8Array {
  const grid = codeGrid(codec);
  const { keep, mask } = region;
  if ((keep === undefined) === (mask === undefined)) {
    const both = keep === undefined ? "neither" : "both";
    throw badOption("keep, mask", "one of them, to say what stays of the picture", both);
  }
  const kept = keep === undefined ? maskedCodes(mask!, grid) : rectangleCodes(keep, grid);
  const count = kept.reduce((sum, one) => sum + one, 0);
  const code = `code of ${grid.pixelsPerCode} × ${grid.pixelsPerCode} pixels`;
  if (count === kept.length) {
    throw new DalleError(
      "bad_option",
      keep === undefined
        ? "The mask marks nothing to draw anew; make part of it white."
        : "The kept region is the whole picture; keep less of it.",
    );
  }
  if (count === 0) {
    throw new DalleError(
      "bad_option",
      keep === undefined
        ? `The mask leaves no whole ${code} to keep; mark less, or generate without a picture.`
        : `The kept region holds no whole ${code}; keep more, or generate without a picture.`,
    );
  }
  return kept;
}

const borders = ["top", "bottom", "left", "right"] as const;
const keepable = "top, bottom, left and right, or a rectangle";
const rectangleFields = ["left", "top", "width", "height"] as const;

function rectangleCodes(keep: Keep, { side }: CodeGrid): Uint8Array {
  if (typeof keep !== "object" || keep === null) throw badOption("keep", keepable, keep);
  const given = Object.entries(keep).filter(([, value]) => value !== undefined);
  const fields = given.map(([field]) => field);
  if ("rectangle" in keep) {
    if (fields.length > 1) throw badOption("keep", `${keepable} alone`, fields.join(" and "));
    if (typeof keep.rectangle !== "object" || keep.rectangle === null)
      throw badOption("keep.rectangle", "left, top, width and height", keep.rectangle);
    const [left, top, width, height] = rectangleFields.map((field) =>
      checkFraction(`keep.rectangle.${field}`, keep.rectangle[field]),
    );
    requireInside("left + width", left! + width!);
    requireInside("top + height", top! + height!);
    const rows = codesInside(top!, top! + height!, side);
    const columns = codesInside(left!, left! + width!, side);
    return codesWhere(side, (row, column) => isWithin(row, rows) && isWithin(column, columns));
  }
  const unknown = fields.find((field) => !borders.some((border) => border === field));
  if (unknown) throw badOption("keep", keepable, unknown);
  const [top, bottom, left, right] = borders.map((border) =>
    checkFraction(`keep.${border}`, keep[border] ?? 0),
  );
  const rows = codesTouched(top!, 1 - bottom!, side);
  const columns = codesTouched(left!, 1 - right!, side);
  return codesWhere(side, (row, column) => !(isWithin(row, rows) && isWithin(column, columns)));
}

function checkFraction(name: string, value: unknown): number {
  if (typeof value === "number" && value >= 0 && value <= 1) return value;
  throw badOption(name, "a fraction of the picture in [0, 1]", value);
}

function requireInside(name: string, end: number): void {
  if (end <= 1 + SLACK) return;
  throw badOption(`keep.rectangle: ${name}`, "at most 1, the picture's edge", end);
}

type Span = readonly [start: number, end: number];

/** Rounding of sums such as 0.1 + 0.2 must not lose a code. */
const SLACK = 1e-9;

/** Codes that lie wholly between two fractions of the picture. */
function codesInside(start: number, end: number, side: number): Span {
  return [Math.ceil((start - SLACK) * side), Math.floor((end + SLACK) * side)];
}

/** Codes of which any part lies between them. */
function codesTouched(start: number, end: number, side: number): Span {
  return [Math.floor((start + SLACK) * side), Math.ceil((end - SLACK) * side)];
}

const isWithin = (index: number, [start, end]: Span): boolean => index >= start && index < end;

function codesWhere(side: number, isKept: (row: number, column: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: side * side }, (_, index) =>
    Number(isKept(Math.floor(index / side), index % side)),
  );
}

function maskedCodes(mask: DalleImage, grid: CodeGrid): Uint8Array {
  checkImage(mask, "mask");
  const { imageSize, side, pixelsPerCode: codeSide } = grid;
  if (mask.width !== imageSize || mask.height !== imageSize) {
    throw badOption("mask", `${imageSize} × ${imageSize} pixels`, `${mask.width} × ${mask.height}`);
  }
  const kept = new Uint8Array(side * side).fill(1);
  for (let pixel = 0; pixel < imageSize * imageSize; pixel++) {
    const [red, green, blue] = mask.pixels.subarray(3 * pixel, 3 * pixel + 3);
    if (red! + green! + blue! < 3 * 128) continue;
    const row = Math.floor(pixel / imageSize / codeSide);
    const column = Math.floor((pixel % imageSize) / codeSide);
    kept[row * side + column] = 0;
  }
  return kept;
}
