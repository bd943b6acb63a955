/**
 * @file The user's own pictures for dVAE and CLIP: decoded and cut anew at every step, as the paper does [SPEC §1.3,
 * Listing 1].
 */
import { availableParallelism } from "node:os";
import {
  type Cutter,
  centreCut,
  decodePicture,
  drawCaption,
  isProblem,
  type PictureSource,
  Random,
  type RgbImage,
} from "@dalle-ts/data";
import { DalleError } from "@dalle-ts/tensor";
import { evenly, type Records, shownRecords, splitInto } from "../run/held-out.js";
import type { PictureStream } from "./picture-batches.js";

/** Records tried in the place of one that cannot be read, before the source is given up. */
const MOST_REPLACEMENTS = 100;

export interface SourceStreamOptions {
  /** Side in pixels. */
  readonly size: number;
  readonly seed: number;
  readonly onWarning?: (warning: string) => void;
}

/** cutter: how a square is cut out of each picture. */
export function sourceStream(
  source: PictureSource,
  cutter: Cutter,
  options: SourceStreamOptions,
): PictureStream {
  return splitInto(source.count, (among) => streamOf(source, among, cutter, options));
}

function streamOf(
  source: PictureSource,
  among: Records,
  cutter: Cutter,
  options: SourceStreamOptions,
): PictureStream {
  const { size, seed } = options;
  const ahead = availableParallelism(); // pictures decoded at a time
  const pictureOf = pictureReader(source, among, options);
  return {
    count: among.count,
    size,
    async load(records, step) {
      const bytes = new Uint8Array(records.length * size * size * 3);
      const captions: string[] = [];
      for (let start = 0; start < records.length; start += ahead) {
        const group = records.slice(start, start + ahead).map((record, offset) => {
          const random = new Random(seed, step * records.length + start + offset);
          return pictureOf(record, cutter, random);
        });
        for (const [offset, { image, caption }] of (await Promise.all(group)).entries()) {
          bytes.set(image.pixels, (start + offset) * image.pixels.length);
          captions.push(caption);
        }
      }
      return { bytes, captions };
    },
  };
}

export interface CaptionedImage {
  readonly image: RgbImage;
  readonly caption: string;
}

/** `most` centre squares of held-out pictures, or of any where none are held out, for a sample sheet. */
export async function sourceSamples(
  source: PictureSource,
  most: number,
  options: SourceStreamOptions,
): Promise<CaptionedImage[]> {
  const among = shownRecords(source.count);
  const pictureOf = pictureReader(source, among, options);
  const images: CaptionedImage[] = [];
  for (const index of evenly(among.count, most)) {
    images.push(await pictureOf(index, centreCut, new Random(0, 0)));
  }
  return images;
}

/** Of those that are replaced; enough to see what is wrong. */
const MOST_TOLD = 10;

/** A record that cannot be read is replaced by the one behind it among these, always by the same one, and warned of once. */
function pictureReader(
  source: PictureSource,
  among: Records,
  { size, onWarning }: SourceStreamOptions,
) {
  const warned = new Set<string>();
  const replace = (file: string, reason: string) => {
    if (warned.size > MOST_TOLD || warned.has(file)) return;
    warned.add(file);
    onWarning?.(
      warned.size > MOST_TOLD
        ? "More pictures are replaced, which are not told; `dalle data check` lists them."
        : `${file} ${reason}; the picture behind it takes its place.`,
    );
  };
  const attempts = Math.min(MOST_REPLACEMENTS, among.count);
  return async (index: number, cutter: Cutter, random: Random): Promise<CaptionedImage> => {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const found = await source.read(among.at((index + attempt) % among.count));
      if (isProblem(found)) {
        replace(found.file, found.reason);
        continue;
      }
      try {
        const { image } = await decodePicture(found.bytes, size, cutter, random);
        return { image, caption: drawCaption(found.caption, random) };
      } catch (error) {
        replace(found.key, (error as Error).message);
      }
    }
    throw new DalleError(
      "bad_data",
      `${attempts} pictures of ${source.path} in a row cannot be read; look at it with \`dalle data check\`.`,
    );
  };
}
