/** @file What goes on a sheet: the first pictures of the painted world, or pictures from all over a source. */
import { centreCut } from "../pictures/cut.js";
import { decodePicture } from "../pictures/decode.js";
import { Random } from "../random.js";
import { captionLines } from "../source/caption-lines.js";
import { isProblem, type PictureSource } from "../source/record.js";
import { requireRecords } from "../source/records.js";
import { paint, type WorldOptions, worldSample } from "../world/world.js";
import type { SheetCell } from "./captioned-sheet.js";

/** Side of a picture on a sheet, in pixels. */
const SIZE = 128;

/** `count` samples of the stream `seed`. */
export function worldCells(seed: number, count: number, options: WorldOptions = {}): SheetCell[] {
  return Array.from({ length: count }, (_, index) => {
    const { scene, caption } = worldSample(seed, index, options);
    return { image: { width: SIZE, height: SIZE, pixels: paint(scene, SIZE) }, caption };
  });
}

/** At most `count` pairs at even distances; what cannot be read is passed over. */
export async function sourceCells(source: PictureSource, count: number): Promise<SheetCell[]> {
  await requireRecords(source);
  const shown = Math.min(count, source.count);
  const cells: SheetCell[] = [];
  for (let number = 0; number < shown; number++) {
    const record = await source.read(Math.floor((number * source.count) / shown));
    if (isProblem(record)) continue;
    const picture = await decodePicture(record.bytes, SIZE, centreCut, new Random(0, 0)).catch(
      () => undefined,
    );
    if (picture) cells.push({ image: picture.image, caption: captionLines(record.caption)[0]! });
  }
  return cells;
}
