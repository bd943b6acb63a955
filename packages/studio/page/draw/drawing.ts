/**
 * @file What the views ask for and what they are told while it is drawn. Whoever draws it is a `Runtime`: the server, or
 * the page itself.
 */
import type { Explanation } from "../server";

export interface Settings {
  readonly temperature?: number;
  readonly topP?: number;
  readonly guidance?: number;
}

/** Borders of the picture that stay, in fractions of its side. */
export interface Keep {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export interface DrawingRequest {
  readonly prompt: string;
  readonly count: number;
  readonly seed?: number;
  readonly rerank?: number;
  readonly settings?: Settings;
  /** Times that each picture is shown on its way. @default 0 */
  readonly partials?: number;
  /** A picture to start from: to vary it, or to keep what the mask (transparent where to draw) or `keep` says. */
  readonly from?: {
    readonly image: Blob;
    readonly vary?: boolean;
    readonly mask?: Blob;
    readonly keep?: Keep;
  };
}

/** As the server allows. */
const MOST_PARTIALS = 64;

/** A picture is shown after each of so many steps but the last, after which it is whole. */
export function partialsFor(steps: number): number {
  return Math.min(MOST_PARTIALS, Math.max(0, steps - 1));
}

export interface DrawnPicture {
  /** Its name in the library, where one is kept. */
  readonly id?: string;
  /** For an <img>. */
  readonly url: string;
  readonly prompt: string;
  readonly seed: number;
  readonly score?: number;
  /** Where the model looked for the words of the prompt, found by who drew it. @default the server is asked */
  readonly explain?: () => Promise<Explanation>;
}

export type DrawingEvent =
  | { readonly type: "queued"; readonly before: number }
  /** Bytes of the model that are here. */
  | { readonly type: "download"; readonly loaded: number; readonly total: number }
  /** What computes in the page, and why it is that. */
  | { readonly type: "engine"; readonly reason: string }
  | {
      readonly type: "partial";
      readonly index: number;
      readonly url: string;
      /** Share of the picture that is known, in [0, 1]. */
      readonly share: number;
    }
  | { readonly type: "picture"; readonly index: number; readonly picture: DrawnPicture }
  | { readonly type: "warning"; readonly text: string };

export interface Runtime {
  /** Leaving the loop, or the signal, cancels. */
  draw(request: DrawingRequest, signal: AbortSignal): AsyncIterable<DrawingEvent>;
}
