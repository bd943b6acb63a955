/** @file What the library knows of a picture. */

/** How a picture came about: from a caption, from one picture with a part drawn anew, or near one. */
export type PictureKind = "generation" | "edit" | "variation";

export interface PictureRecord {
  /** 32 hexadecimal digits from a random generator: whoever knows it may see the picture. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  /** Pictures of one request share it. */
  readonly request: string;
  readonly kind: PictureKind;
  readonly caption: string;
  readonly seed: number;
  /** temperature, topK, topP, guidance, guidanceEnd and, of pictures made from others, what stayed. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Name and hash of the model. */
  readonly model: string;
  readonly modelHash: string;
  readonly width: number;
  readonly height: number;
  /** How well it matches its caption by CLIP, where that was measured. */
  readonly score?: number;
  readonly favourite: boolean;
}

/** What a new picture comes with. */
export type NewPicture = Omit<PictureRecord, "id" | "created" | "favourite">;
