/**
 * @file What people ask of a model and what they get: options, pictures and events, and the checks of options. `undefined` is the
 * same as leaving an option out, and the types allow it, for programs compiled with `exactOptionalPropertyTypes`.
 */
import { badOption } from "@dalle-ts/tensor";
import type { CompletionRegion } from "./completion/region.js";
import type { DalleImage } from "./images/image.js";
import type { SampleOptions } from "./sample.js";
import type { SamplingOptions } from "./sampling.js";

export interface GenerateOptions extends SamplingOptions {
  /** Pictures to make; an integer in [1, 1000]. @default 1 */
  readonly count?: number | undefined;
  /** Image i is drawn with seed + i, whatever the batch; an integer in [0, 2^53). @default a random one */
  readonly seed?: number | undefined;
  /**
   * Make this many and return the `count` of them that match the caption best by CLIP, best first [SPEC §4]; an integer
   * in [count, 1000]. @default count, in the order of the seeds
   */
  readonly rerank?: number | undefined;
  /**
   * How many times the caption is repeated for the model, as far as it fits: the article repeats captions to have them followed
   * more closely. An integer in [1, 16]. @default 1
   */
  readonly repeat?: number | undefined;
  /** Pictures whose codes are drawn together; an integer in [1, 64]. The pictures do not depend on it. @default 8 */
  readonly batch?: number | undefined;
  /**
   * Bytes that the request may take with all that it loads. More pictures than fit are drawn in smaller batches, one at
   * least; a number > 0. @default the weights that are loaded already and four fifths of what is free; in a page no limit
   */
  readonly memory?: number | undefined;
  /** Cancels at the next code. */
  readonly signal?: AbortSignal | undefined;
  /** Told what could not be done as asked, such as the end of a caption that is too long. */
  readonly onWarning?: ((warning: string) => void) | undefined;
  /** Codes drawn so far, over all pictures. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

export interface StreamOptions extends GenerateOptions {
  /** Times that each picture is shown before it is whole, evenly spread over its codes; an integer in [0, 64]. @default 4 */
  readonly partials?: number | undefined;
}

/** Ways to fill a hole that compete where a request does not say. */
export const DEFAULT_CANDIDATES = 8;

interface CandidateOptions {
  /**
   * Ways to fill the hole that compete for each picture where kept codes come after it; an integer in [1, 64]. The time
   * grows with it. Where all kept codes come before the hole there is nothing to compete for, and one is drawn.
   * @default 8
   */
  readonly candidates?: number | undefined;
}

export type CompleteOptions = GenerateOptions & CandidateOptions & CompletionRegion;

export type StreamCompletionOptions = StreamOptions & CandidateOptions & CompletionRegion;

export interface EditOptions extends GenerateOptions, CandidateOptions {
  /** A picture of the model's size, white (128 and more) where to draw anew; `loadMask` reads one from a file. */
  readonly mask: DalleImage;
}

export interface VaryOptions extends GenerateOptions, CandidateOptions {
  /**
   * What the picture shows. Without it `rerank`, `guidance` and `repeat` are refused.
   * @default nothing: the rest of the picture alone says how to go on
   */
  readonly caption?: string | undefined;
  /** How much of the picture is drawn anew; a number in (0, 1). @default 0.5 */
  readonly share?: number | undefined;
}

/** The caption tells of both panels: "the exact same cat on the top as a sketch on the bottom". */
export type TranslateOptions = GenerateOptions;

/** Of a question about a caption. */
export type CaptionOptions = Pick<GenerateOptions, "onWarning">;

/** `signal` cancels at the next code. */
export type LikelihoodOptions = CaptionOptions & Pick<GenerateOptions, "signal">;

/** Nothing of this is recommended by a model: its settings are for pictures. */
export interface ContinueOptions extends SampleOptions, Pick<GenerateOptions, "seed" | "signal"> {
  /** Captions to draw, caption i with seed + i; an integer in [1, 64]. @default 1 */
  readonly count?: number | undefined;
}

export interface ContinuedCaption {
  /** The prefix and what was drawn after it, as the model reads text: in lower case. */
  readonly caption: string;
  /** Draws this very caption again, with count 1. */
  readonly seed: number;
  /** Whether the model ended it; otherwise it is as long as the model reads. */
  readonly ended: boolean;
  /** How likely the model holds what was drawn: the sum of the tokens' log-probabilities, in nats, ≤ 0. */
  readonly logLikelihood: number;
}

/** One picture of many that are drawn together, each as `generate`, `complete` or `vary` would draw it with count 1. */
export interface PictureOrder extends SamplingOptions, CandidateOptions {
  /** Empty only for a variation. */
  readonly caption: string;
  /** An integer in [0, 2^53). */
  readonly seed: number;
  /** Times that the picture is shown before it is whole; an integer in [0, 64]. @default 0 */
  readonly partials?: number | undefined;
  /** Where the picture starts from. @default the caption alone */
  readonly from?: CompletionStart | VariationStart | undefined;
  /** Gives up this picture, and no other, at the next code. */
  readonly signal?: AbortSignal | undefined;
}

/** A picture of the model's size, and what of it stays. */
export type CompletionStart = { readonly image: DalleImage } & CompletionRegion;

/** A picture of the model's size, and how much of it is drawn anew, in (0, 1). */
export interface VariationStart {
  readonly image: DalleImage;
  readonly share: number;
}

export interface GeneratedImage extends DalleImage {
  /** Empty for a variation without one. */
  readonly caption: string;
  /** Makes this very picture again, with count 1. */
  readonly seed: number;
  /** The picture's codes in raster order. */
  readonly codes: Int32Array;
  /** Of a reranked picture: how well it matches the caption, as `score` says it. */
  readonly score?: number;
  /**
   * Of a completion with kept codes after its hole: the mean logarithm of their probabilities given what was drawn
   * before them, in nats; nearer to 0 fits better.
   */
  readonly fit?: number;
}

/** A picture on its way, or a whole one. */
export type StreamEvent =
  | {
      readonly type: "partial";
      /** Which picture of the request, from 0; with `rerank`, which of those to choose from. */
      readonly index: number;
      readonly seed: number;
      /** What is not drawn yet is veiled. */
      readonly image: DalleImage;
      /** Codes known, of `total`. */
      readonly known: number;
      readonly total: number;
    }
  | {
      readonly type: "image";
      /** Place in the result, from 0. */
      readonly index: number;
      readonly image: GeneratedImage;
    };

/** In characters; longer captions are refused: no model reads that far. */
export const LONGEST_CAPTION = 4000;

export function checkCaption(caption: string): void {
  if (typeof caption !== "string" || caption.trim() === "") {
    const got = typeof caption === "string" ? JSON.stringify(caption) : caption;
    throw badOption("caption", "some text that says what to draw", got);
  }
  if (caption.length > LONGEST_CAPTION) {
    throw badOption(
      "caption",
      `at most ${LONGEST_CAPTION} characters`,
      `${caption.length} characters`,
    );
  }
}

/** The numbers of a request, checked, with the defaults of those that it leaves out. */
export function resolveNumbers(asked: StreamOptions & CandidateOptions) {
  const { count = 1, rerank, repeat = 1, batch = 8, partials = 4 } = asked;
  const { candidates = DEFAULT_CANDIDATES, memory } = asked;
  requireInteger("count", count, 1, 1000);
  if (rerank !== undefined) requireInteger("rerank", rerank, count, 1000);
  requireInteger("repeat", repeat, 1, 16);
  requireInteger("batch", batch, 1, 64);
  requireInteger("candidates", candidates, 1, 64);
  if (memory !== undefined && !(typeof memory === "number" && memory > 0))
    throw badOption("memory", "a number > 0", memory);
  requireInteger("partials", partials, 0, 64);
  return { count, rerank, repeat, batch, candidates, partials, memory };
}

export function requireInteger(name: string, value: unknown, low: number, high: number): void {
  if (!(Number.isInteger(value) && (value as number) >= low && (value as number) <= high)) {
    throw badOption(name, `an integer in [${low}, ${high}]`, value);
  }
}
