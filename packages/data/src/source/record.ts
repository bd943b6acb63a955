/** @file What every format of captioned pictures looks like from outside: records by number, and problems as data. */

/** A picture file and what it shows. */
export interface PictureRecord extends CaptionRecord {
  /** The encoded picture, at most `MOST_PICTURE_BYTES`; not decoded and not checked yet. */
  readonly bytes: Uint8Array;
}

export interface CaptionRecord {
  /** Names the record inside its source, for people: "cats/12.jpg", "00003.tar/000030017". */
  readonly key: string;
  /** What the picture shows; where it has several captions, one a line. */
  readonly caption: string;
}

/** Something of the source that cannot be used, and why: "is cut short". */
export interface Problem {
  readonly file: string;
  readonly reason: string;
}

export const isProblem = (value: object): value is Problem => "reason" in value;

/**
 * Captioned pictures in any format. Opening builds an index, or finds the one that was built before; from then on every
 * record is read by its number, in any order, and nothing of the size of the source is held in memory.
 */
export interface PictureSource extends AsyncDisposable {
  /** As it was given. */
  readonly path: string;
  readonly kind: "folder" | "listing" | "shards" | "parquet";
  /** Records: pictures that have a caption. */
  readonly count: number;
  /**
   * SHA-256 in hex of the index, without paths outside the source: a copy of the source that keeps the times of its files has the
   * same one. It changes with any picture or caption.
   */
  readonly identity: string;
  /** Record `index` of [0, count), or why it cannot be read now; never throws for what a file holds. */
  read(index: number): Promise<PictureRecord | Problem>;
  /** The same without its picture, which is quicker. */
  readCaption(index: number): Promise<CaptionRecord | Problem>;
  /** How many problems were found while indexing. */
  readonly problemCount: number;
  /** Those problems, in the order of the source. */
  problems(): AsyncIterable<Problem>;
}
