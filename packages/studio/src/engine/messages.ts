/** @file What the server and the process that owns the model tell each other. */
import type { DalleErrorCode } from "@dalle-ts/tensor";
import type {
  ContinuedCaption,
  DalleImage,
  Explanation,
  PictureOrder,
  StreamEvent,
} from "dalle-ts";

/** A picture to draw. Cancelling is a message: a signal does not travel between processes. */
export interface EngineOrder extends Omit<PictureOrder, "signal"> {
  /** Say with the whole picture how well it matches its caption by CLIP. */
  readonly scored?: boolean;
}

/** What is asked beside drawing, and what the answer to each is. */
export type Question =
  /** Where did the model look for the words of this caption? The image has the model's size. */
  | { readonly ask: "explain"; readonly image: DalleImage; readonly caption: string }
  /** How may a caption go on that begins so? */
  | { readonly ask: "continue"; readonly prefix: string; readonly count: number };

export interface Answers {
  readonly explain: Explanation;
  readonly continue: readonly ContinuedCaption[];
}

export type Answer = Answers[Question["ask"]];

/** Batches are numbered, so that giving up a picture cannot reach one of the next batch. */
export type ToEngine =
  | { readonly type: "draw"; readonly batch: number; readonly orders: readonly EngineOrder[] }
  | { readonly type: "give-up"; readonly batch: number; readonly index: number }
  | { readonly type: "ask"; readonly number: number; readonly question: Question }
  | { readonly type: "close" };

export type FromEngine =
  | { readonly type: "ready" }
  | { readonly type: "event"; readonly event: StreamEvent }
  /** Codes drawn so far, over all pictures of the batch. */
  | { readonly type: "progress"; readonly done: number; readonly total: number }
  | { readonly type: "drawn" }
  | { readonly type: "answered"; readonly number: number; readonly answer: Answer }
  | { readonly type: "not-answered"; readonly number: number; readonly error: EngineError }
  | { readonly type: "failed"; readonly error: EngineError };

export interface EngineError {
  /** Absent where the failure is no `DalleError`. */
  readonly code?: DalleErrorCode;
  readonly message: string;
}
