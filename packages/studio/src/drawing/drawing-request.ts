/** @file A request for pictures as every interface of the server states it, checked and with nothing left to default. */
import type { CompletionStart, ResolvedSampling, VariationStart } from "dalle-ts";
import type { PictureKind } from "../library/record.js";

export interface DrawingRequest {
  readonly kind: PictureKind;
  /** Empty only for a variation. */
  readonly caption: string;
  /** Pictures to give back. */
  readonly count: number;
  /** Picture i is drawn with seed + i. */
  readonly seed: number;
  readonly sampling: ResolvedSampling;
  /** Draw this many, at least `count`, and give back the best by CLIP. */
  readonly rerank?: number;
  readonly from?: CompletionStart | VariationStart;
  /** Ways to fill a hole that compete, where there is one. */
  readonly candidates: number;
  /** Times that each picture is shown on its way. */
  readonly partials: number;
  /** Of a picture made from another, for the record. */
  readonly described: Readonly<Record<string, unknown>>;
}
