/** @file A folder of pictures, each with its caption beside it: cat.jpg and cat.txt, in folders of any depth. */
import { realpath } from "node:fs/promises";
import { basename, join } from "node:path";
import {
  isArchiveName,
  isForeignPictureName,
  isPictureName,
  withoutExtension,
  wordsOfName,
} from "./file-names.js";
import { FileSource, type PairIndexBuilder } from "./file-source.js";
import type { PictureSource } from "./record.js";
import { captionExtensions } from "./sidecar.js";
import { walk } from "./walk.js";

/** "files": a caption file beside each picture. "names": the picture's own name, "two_cats.png" → "two cats". */
export type CaptionsFrom = "files" | "names";

export async function openFolder(path: string, captions: CaptionsFrom): Promise<PictureSource> {
  const root = await realpath(path);
  return FileSource.open(path, "folder", root, captions, (builder) =>
    indexFolder(root, captions, builder),
  );
}

/** Of an archive: plain .tar files are read as they are. */
export const PACKED = "is a packed archive; unpack it first";

async function indexFolder(
  root: string,
  captions: CaptionsFrom,
  builder: PairIndexBuilder,
): Promise<void> {
  const walked = walk(root, { onFolder: builder.stamp, onProblem: builder.problem });
  for await (const { path, names } of walked) {
    const within = (name: string) => (path === "" ? name : `${path}/${name}`);
    for (const name of names) {
      if (isForeignPictureName(name)) {
        await builder.problem(within(name), "is of a format that is not read; save it as PNG");
      }
      if (isArchiveName(name)) await builder.problem(within(name), PACKED);
      if (captions === "files" && isTextCaption(name) && !pictureBeside(name, names)) {
        await builder.problem(within(name), "has no picture of its name beside it");
      }
      if (!isPictureName(name)) continue;
      const image = within(name);
      if (captions === "names") {
        const caption = wordsOfName(image);
        if (caption !== "") await builder.add({ image, caption });
        else await builder.problem(image, "has no words in its name");
        continue;
      }
      const captionFile = captionFileOf(name, names);
      if (captionFile !== undefined) await builder.add({ image, captionFile: within(captionFile) });
      else {
        const expected = `${basename(withoutExtension(name))}.txt`;
        await builder.problem(image, `has no caption (${expected} is missing)`);
      }
    }
  }
}

function captionFileOf(picture: string, sorted: readonly string[]): string | undefined {
  const stem = withoutExtension(picture);
  return captionExtensions
    .flatMap((extension) => [extension, extension.toUpperCase()])
    .map((extension) => `${stem}.${extension}`)
    .find((name) => isAmong(sorted, name));
}

/** A caption in JSON is left out: such files are about all sorts of things. */
const isTextCaption = (name: string): boolean => /\.(txt|caption)$/i.test(name);

/**
 * The first picture with a caption of its own in a folder of any depth, by its path from there; undefined where there is
 * none.
 */
export async function findCaptioned(root: string): Promise<string | undefined> {
  const pass = async () => undefined;
  for await (const { path, names } of walk(root, { onFolder: pass, onProblem: pass })) {
    for (const name of names) {
      const picture = isTextCaption(name) ? pictureBeside(name, names) : undefined;
      if (picture !== undefined) return join(path, picture);
    }
  }
  return undefined;
}

/** The picture that a caption file is of. */
function pictureBeside(captionFile: string, sorted: readonly string[]): string | undefined {
  const stem = withoutExtension(captionFile);
  for (let at = placeOf(sorted, `${stem}.`); sorted[at]?.startsWith(`${stem}.`); at++) {
    const name = sorted[at]!;
    const isPicture = isPictureName(name) || isForeignPictureName(name);
    if (isPicture && withoutExtension(name) === stem) return name;
  }
  return undefined;
}

const isAmong = (sorted: readonly string[], name: string): boolean =>
  sorted[placeOf(sorted, name)] === name;

/** Of the first name not before it. Binary search: a set of a million names would cost more memory than everything else. */
function placeOf(sorted: readonly string[], name: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < name) low = middle + 1;
    else high = middle;
  }
  return low;
}
