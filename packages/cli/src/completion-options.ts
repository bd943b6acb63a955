/** @file The options that start from a picture: which one, and what of it stays. */
import { DalleError } from "@dalle-ts/tensor";
import { type Command, Option } from "commander";
import type { CompletionRegion, Dalle, DalleImage, Keep } from "dalle-ts";
import { integer, number, usageError } from "./options.js";

export interface CompletionOptions {
  readonly image?: string;
  readonly keep?: KeepOption;
  readonly mask?: string;
  readonly candidates?: number;
}

/** What --keep says, and how it was written. */
interface KeepOption {
  readonly keep: Keep;
  readonly text: string;
}

/** A picture at the model's size, and what of it is drawn anew. */
export interface Completion {
  readonly image: DalleImage;
  readonly region: CompletionRegion;
  /** Of each picture; undefined where all that stays comes before what is drawn, and nothing competes. */
  readonly candidates?: number;
  /** For the files that are written: where the picture came from, and what was kept. */
  readonly described: { readonly image: string; readonly keep?: string; readonly mask?: string };
}

export function addCompletionOptions(command: Command): Command {
  return command
    .option(
      "--image <picture>",
      "start from this picture, with --keep or --mask; its centre square is used, at the model's size",
    )
    .addOption(
      new Option(
        "--keep <region>",
        "what of it stays, in fractions: borders (top:0.5 or top:0.5,left:0.25) or a rectangle (left:0.2,top:0.2,width:0.6,height:0.6)",
      ).argParser(parseKeep),
    )
    .option(
      "--mask <picture>",
      "draw anew where this one is transparent, or white if it is not transparent anywhere; cut and resized like --image",
    )
    .addOption(
      new Option(
        "--candidates <integer>",
        "where kept parts come after drawn ones, fill each hole in this many ways and take the best fit (default: 8)",
      ).argParser(integer("--candidates", 1, 64)),
    );
}

/** Refuses what does not belong together, before anything is loaded. */
export function checkCompletionOptions({ image, keep, mask, candidates }: CompletionOptions): void {
  if (keep !== undefined && mask !== undefined) {
    throw refuse("--keep and --mask both say what of the picture stays; leave out one of them");
  }
  const hasRegion = keep !== undefined || mask !== undefined;
  if (image !== undefined && !hasRegion) {
    throw refuse(
      `--image does not say what of ${image} stays; add --keep top:0.5, or another part, or --mask with a picture of what to draw anew`,
    );
  }
  if (image !== undefined || !(hasRegion || candidates !== undefined)) return;
  const lonely = keep ? "--keep" : mask === undefined ? "--candidates" : "--mask";
  throw refuse(`${lonely} needs a picture to start from; add --image with its path`);
}

const refuse = (sentence: string) => new DalleError("bad_option", sentence);

/** Reads the files that the options name, at the size of the model's pictures; undefined where they name none. */
export async function readCompletion(
  { image: path, keep, mask, candidates }: CompletionOptions,
  dalle: Dalle,
): Promise<Completion | undefined> {
  if (path === undefined) return undefined;
  const { loadImage, loadMask } = await import("dalle-ts");
  const { competes, DEFAULT_CANDIDATES, keptCodes, otherShape, requireDrawing, sizeText } =
    await import("dalle-ts/parts");
  const options = { size: dalle.imageSize, svg: true };
  const image = await loadImage(path, options);
  const region =
    mask === undefined ? { keep: keep!.keep } : { mask: await loadMask(mask, options) };
  if (mask !== undefined) {
    const other = await otherShape(path, mask);
    // A square one lies over the centre square, which is all that is used.
    if (other && other.mask.width !== other.mask.height) {
      const expected = `the shape of the picture, ${sizeText(other.picture)}, or a square`;
      throw usageError("--mask", expected, sizeText(other.mask));
    }
  }
  const described = { image: path, ...(mask === undefined ? { keep: keep!.text } : { mask }) };
  const isCompeting = competes(keptCodes(region, requireDrawing(dalle.config).dvae));
  return {
    image,
    region,
    described,
    ...(isCompeting && { candidates: candidates ?? DEFAULT_CANDIDATES }),
  };
}

const borders = ["top", "bottom", "left", "right"];
const corners = ["left", "top", "width", "height"];

/** top:0.5,left:0.25 */
function parseKeep(text: string): KeepOption {
  if (text.includes("=")) {
    throw refuse(
      `--keep: write ${text.replaceAll("=", ":")}, with ":" between a name and its number`,
    );
  }
  const fraction = number("--keep", "fractions in [0, 1]", (value) => value >= 0 && value <= 1);
  const pairs = text.split(",").map((pair) => pair.split(":"));
  const names = pairs.map(([name]) => name!.trim());
  const isRectangle = names.some((name) => name === "width" || name === "height");
  const isComplete = isRectangle
    ? corners.every((name) => names.includes(name))
    : names.every((name) => borders.includes(name));
  const isPlain = pairs.every((pair) => pair.length === 2) && new Set(names).size === names.length;
  if (!isPlain || !isComplete || (isRectangle && names.length !== corners.length)) {
    throw usageError(
      "--keep",
      "borders such as top:0.5 or top:0.5,left:0.25, or left:…,top:…,width:…,height:… of a rectangle",
      text,
    );
  }
  const fields = Object.fromEntries(pairs.map(([, value], at) => [names[at], fraction(value!)]));
  return { text, keep: (isRectangle ? { rectangle: fields } : fields) as Keep };
}
