/** @file The first pictures of an evaluation on one sheet, each in a frame: green right, red wrong. */
import type { JudgedPicture } from "@dalle-ts/train";
import type { DalleImage } from "dalle-ts";
import { writeFiles } from "./output-files.js";

/** Pictures of each split. */
const PER_SPLIT = 48;
const COLUMNS = 12;
const FRAME = 3;
const GREEN = [46, 160, 67] as const;
const RED = [207, 34, 46] as const;

export class EvaluationSheet {
  readonly #rows = new Map<string, DalleImage[]>();

  add({ split, image, right }: JudgedPicture): void {
    const row = this.#rows.get(split) ?? [];
    this.#rows.set(split, row);
    if (row.length < PER_SPLIT) row.push(framed(image, right ? GREEN : RED));
  }

  async write(path: string): Promise<void> {
    const { contactSheet, encodePng } = await import("dalle-ts");
    const sheet = contactSheet([...this.#rows.values()].flat(), { columns: COLUMNS });
    await writeFiles([{ path, bytes: await encodePng(sheet) }]);
  }
}

function framed(image: DalleImage, colour: readonly [number, number, number]): DalleImage {
  const width = image.width + 2 * FRAME;
  const height = image.height + 2 * FRAME;
  const pixels = new Uint8Array(width * height * 3);
  for (let offset = 0; offset < pixels.length; offset += 3) pixels.set(colour, offset);
  for (let y = 0; y < image.height; y++) {
    const line = image.pixels.subarray(y * image.width * 3, (y + 1) * image.width * 3);
    pixels.set(line, ((y + FRAME) * width + FRAME) * 3);
  }
  return { width, height, pixels };
}
