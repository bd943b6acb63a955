/** @file What computes the graphs, and why it is that: a choice that is always shown. */

/**
 * "cpu": ONNX Runtime's own threads in Node. In a page "webgpu", "wasm-threads" (WebAssembly on several threads) or
 * "wasm" (on one).
 */
export type EngineName = "cpu" | "webgpu" | "wasm-threads" | "wasm";

export interface Engine {
  readonly name: EngineName;
  /** Threads that compute; of "cpu", as many as ONNX Runtime chooses, which is undefined here. */
  readonly threads?: number;
  /** A sentence: why this engine, and why no faster one. */
  readonly reason: string;
}

/** Where a graph runs. */
export type Device = "cpu" | "webgpu";
