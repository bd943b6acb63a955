/** @file Contact sheets with captions, as PNG files. */
import type { PictureSource, SheetCell } from "@dalle-ts/data";
import { DalleError } from "@dalle-ts/tensor";
import { writeFiles } from "./output-files.js";

/** Pictures of a sheet where nobody says how many. */
export const SHEET_PICTURES = 48;

export async function writeSheet(path: string, cells: readonly SheetCell[]): Promise<void> {
  const { captionedSheet } = await import("@dalle-ts/data");
  const { encodePng } = await import("dalle-ts");
  await writeFiles([{ path, bytes: await encodePng(captionedSheet(cells)) }]);
}

export async function writeSourceSheet(
  path: string,
  source: PictureSource,
  count = SHEET_PICTURES,
): Promise<number> {
  const { sourceCells } = await import("@dalle-ts/data");
  const cells = await sourceCells(source, count);
  if (cells.length === 0) {
    throw new DalleError(
      "bad_data",
      `None of ${count} pictures of ${source.path} can be read; see why with \`dalle data check\`.`,
    );
  }
  await writeSheet(path, cells);
  return cells.length;
}
