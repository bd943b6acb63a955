/** @file What the routes share: the parts of one running server. */
import type { Drawings } from "./drawing/drawings.js";
import type { ServedModel } from "./drawing/served-model.js";
import type { Engine } from "./engine/engine.js";
import type { Library } from "./library/library.js";
import type { Metrics } from "./metrics.js";
import type { DrawingQueue } from "./queue/drawing-queue.js";

export interface Services {
  readonly model: ServedModel;
  readonly engine: Engine;
  readonly queue: DrawingQueue;
  readonly drawings: Drawings;
  /** Undefined with `history: false`. */
  readonly library: Library | undefined;
  readonly metrics: Metrics;
  /** What a client that leaves means for its pictures. */
  readonly onDisconnect: "cancel" | "finish";
  /** Address that clients reach the server at, when it is not the one in their requests. */
  readonly publicUrl: string | undefined;
  /** Folder of training runs. */
  readonly runs: string;
  /** Told of failures that are the server's own. */
  readonly onError: (error: Error) => void;
  isStopping(): boolean;
}

/** What the middleware knows of a request. */
export interface Environment {
  readonly Variables: {
    /** A name for the key that it came with, for the limits. */
    owner: string;
  };
}
