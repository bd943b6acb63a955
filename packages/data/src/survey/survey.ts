/** @file Looks at every pair of a source once, decoding the centre square of each picture, and sums up what is there. */
import { badOption } from "@dalle-ts/tensor";
import { centreCut } from "../pictures/cut.js";
import { decodePicture, type PictureHeader } from "../pictures/decode.js";
import { isBoilerplateCaption, isExtremeAspect, isShortCaption } from "../pictures/filters.js";
import { Random } from "../random.js";
import { Repeats } from "../repeats.js";
import { captionLines } from "../source/caption-lines.js";
import { reasonOf } from "../source/read-file.js";
import {
  isProblem,
  type PictureRecord,
  type PictureSource,
  type Problem,
} from "../source/record.js";
import { mapRecords, requireRecords } from "../source/records.js";
import { Numbers, type Spread } from "./numbers.js";

export interface SurveyOptions {
  /** Problems and groups of repeats listed at most; all are counted. @default 100 */
  readonly most?: number;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

export interface Survey {
  readonly source: string;
  readonly kind: PictureSource["kind"];
  /** Pictures that decode and have a caption. */
  readonly pairs: number;
  /** Of these pictures; one may have several. */
  readonly captions: number;
  readonly problems: { readonly count: number; readonly list: readonly Problem[] };
  /** In pixels, upright. */
  readonly width: Spread;
  readonly height: Spread;
  readonly formats: Readonly<Record<string, number>>;
  readonly caption: { readonly words: Spread; readonly characters: Spread };
  /** What the paper's filters would leave out, each counted by itself. */
  readonly filtered: {
    readonly short: number;
    readonly boilerplate: number;
    readonly aspect: number;
  };
  /** `repeated`: pairs whose picture (or caption) was there before. */
  readonly repeatedPictures: { readonly count: number; readonly keys: readonly string[][] };
  readonly repeatedCaptions: number;
}

/** Side that pictures are decoded to: small, since only the decoding matters. */
const PROBE_SIZE = 8;

/** Throws `bad_data` where the source has no pairs at all. */
export async function surveySource(
  source: PictureSource,
  { most = 100, onProgress, signal }: SurveyOptions = {},
): Promise<Survey> {
  if (!(Number.isSafeInteger(most) && most >= 0)) throw badOption("most", "an integer >= 0", most);
  await requireRecords(source);
  const tally = new Tally();
  const list: Problem[] = [];
  let problems = 0;
  const addProblem = (problem: Problem) => {
    problems++;
    if (list.length < most) list.push(problem);
  };
  for await (const problem of source.problems()) addProblem(problem);
  for await (const { index, value } of mapRecords(source, probe, { signal })) {
    if (isProblem(value)) addProblem(value);
    else tally.add(value, index);
    onProgress?.(index + 1, source.count);
  }
  const { repeated, groups } = tally.pictures.find(Math.min(most, 20));
  const keys: string[][] = [];
  for (const group of groups) {
    const records = await Promise.all(group.slice(0, 5).map((index) => source.readCaption(index)));
    keys.push(records.map((record) => (isProblem(record) ? record.file : record.key)));
  }
  return {
    source: source.path,
    kind: source.kind,
    problems: { count: problems, list },
    ...tally.sums(),
    repeatedPictures: { count: repeated, keys },
    repeatedCaptions: tally.captions.find(0).repeated,
  };
}

interface Probed extends PictureRecord {
  readonly header: PictureHeader;
}

async function probe(record: PictureRecord): Promise<Probed | Problem> {
  try {
    const { header } = await decodePicture(record.bytes, PROBE_SIZE, centreCut, new Random(0, 0));
    return { ...record, header };
  } catch (error) {
    return { file: record.key, reason: reasonOf(error) };
  }
}

class Tally {
  readonly pictures = new Repeats();
  readonly captions = new Repeats();
  readonly #widths = new Numbers();
  readonly #heights = new Numbers();
  readonly #words = new Numbers();
  readonly #characters = new Numbers();
  readonly #formats: Record<string, number> = {};
  readonly #filtered = { short: 0, boilerplate: 0, aspect: 0 };
  #pairs = 0;
  #captions = 0;

  add({ caption, bytes, header: { width, height, format } }: Probed, index: number): void {
    this.#pairs++;
    this.pictures.add(bytes, index);
    this.#widths.add(width);
    this.#heights.add(height);
    this.#formats[format] = (this.#formats[format] ?? 0) + 1;
    if (isExtremeAspect(width, height)) this.#filtered.aspect++;
    for (const line of captionLines(caption)) this.#addCaption(line, index);
  }

  #addCaption(caption: string, index: number): void {
    this.#captions++;
    this.captions.add(caption, index);
    this.#words.add(caption.split(" ").length);
    this.#characters.add(caption.length);
    if (isShortCaption(caption)) this.#filtered.short++;
    if (isBoilerplateCaption(caption)) this.#filtered.boilerplate++;
  }

  sums() {
    return {
      pairs: this.#pairs,
      captions: this.#captions,
      width: this.#widths.spread(),
      height: this.#heights.spread(),
      formats: this.#formats,
      caption: { words: this.#words.spread(), characters: this.#characters.spread() },
      filtered: this.#filtered,
    };
  }
}
