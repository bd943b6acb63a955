/**
 * @file The first pictures of an evaluation on one sheet, each in a frame: green right, red wrong; reconstructions
 * below the true pictures.
 */
import type { JudgedPicture } from "@dalle-ts/train";
import type { DalleImage } from "dalle-ts";
import { writeFiles } from "./output-files.js";

/** Of each split; a reconstruction and its true picture are two. */
const PER_SPLIT = 48;
const COLUMNS = 12;
const FRAME = 3;
const GREEN = [46, 160, 67] as const;
const RED = [207, 34, 46] as const;
const WHITE = [255, 255, 255] as const;

export class EvaluationSheet {
  readonly #tiles = new Map<string, DalleImage[]>();

  add({ split, image, original, right }: JudgedPicture): void {
    const tiles = this.#tiles.get(split) ?? [];
    this.#tiles.set(split, tiles);
    if (tiles.length === (original ? PER_SPLIT / 2 : PER_SPLIT)) return;
    const judged = framed(image, right ? GREEN : RED);
    tiles.push(original ? above(framed(original, WHITE), judged) : judged);
  }

  async write(path: string): Promise<void> {
    const { contactSheet, encodePng } = await import("dalle-ts");
    const sheet = contactSheet([...this.#tiles.values()].flat(), { columns: COLUMNS });
    await writeFiles([{ path, bytes: await encodePng(sheet) }]);
  }
}

/** One picture of two that are as wide. */
function above(upper: DalleImage, lower: DalleImage): DalleImage {
  const pixels = new Uint8Array(upper.pixels.length + lower.pixels.length);
  pixels.set(upper.pixels);
  pixels.set(lower.pixels, upper.pixels.length);
  return { width: upper.width, height: upper.height + lower.height, pixels };
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
