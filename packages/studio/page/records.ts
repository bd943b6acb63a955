/** @file What the server tells the page. */
import type { PictureRecord as KeptPicture } from "../src/library/record.js";

export interface Status {
  readonly model: {
    readonly name: string;
    readonly hash: string;
    /** Side of a picture in pixels. */
    readonly imageSize: number;
    /** Codes on a side. */
    readonly gridSide: number;
    readonly captionTokens: number;
    readonly canRerank: boolean;
    readonly canExplain: boolean;
    readonly canContinue: boolean;
    /** Of all its files. */
    readonly bytes: number;
    readonly trainedOn: string;
    readonly words: readonly string[];
    /** Of the pictures that it was taught with; `words` stand before a caption. */
    readonly styles: readonly { readonly name: string; readonly words: string }[];
    readonly sampling: {
      readonly temperature: number;
      readonly topP: number;
      readonly guidance: number;
    };
  };
  readonly keepsPictures: boolean;
}

/** Of the library, without what no page shows. */
export type PictureRecord = Omit<KeptPicture, "request" | "width" | "height">;

/** Where the model looked for the words of a caption. */
export interface Explanation {
  /** Of codes. */
  readonly rows: number;
  readonly columns: number;
  readonly words: readonly {
    /** As the model read it. */
    readonly text: string;
    /** Of each code in raster order what it gave to this word, in any unit. */
    readonly attention: readonly number[] | Float32Array;
  }[];
}

export interface RunPart {
  readonly lines: readonly Readonly<Record<string, number>>[];
  readonly from: number;
  readonly next: number;
  readonly sheets: readonly string[];
}
