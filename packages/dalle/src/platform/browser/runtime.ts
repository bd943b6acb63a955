/**
 * @file ONNX Runtime in a page. Two builds of it exist; only the one that is used is downloaded. Runs take their turns,
 * and between them the page may paint and hear a click on "cancel".
 */
import { DalleError } from "@dalle-ts/tensor";
import type { InferenceSession } from "onnxruntime-common";
import type { Device } from "../../engine.js";
import type { ModelFiles, ModelFolder } from "../../model-folder/model-folder.js";
import { Turns } from "./turns.js";

/** "wasm" is half the size of "webgpu", which has WebAssembly too. */
export type RuntimeBuild = "wasm" | "webgpu";

type Runtime = typeof import("onnxruntime-web/wasm");
type RunnableSession = Pick<InferenceSession, "run" | "release" | "inputMetadata">;

interface StartedRuntime {
  readonly runtime: Runtime;
  readonly threads: number;
}

/**
 * Bundlers copy these files as they are. Threads begin with the .mjs: the one inside of ONNX Runtime's own module would
 * begin with the page's script, where a bundler put the two together.
 */
const runtimeFiles = {
  wasm: {
    mjs: new URL("onnxruntime-web/ort-wasm-simd-threaded.mjs", import.meta.url).href,
    wasm: new URL("onnxruntime-web/ort-wasm-simd-threaded.wasm", import.meta.url).href,
  },
  webgpu: {
    mjs: new URL("onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs", import.meta.url).href,
    wasm: new URL("onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm", import.meta.url).href,
  },
};

const started = new Map<RuntimeBuild, Promise<StartedRuntime>>();
const turns = new Turns();
/** Of each model, the build of its engine: a page may have models on both. */
const builds = new WeakMap<ModelFolder, RuntimeBuild>();

/**
 * Starts a build, which from now on opens the sessions of this model; resolves to its threads, which the first call of a page for
 * this build settles.
 */
export async function startRuntime(
  model: ModelFolder,
  asked: RuntimeBuild,
  threads: number,
): Promise<number> {
  const { threads: settled } = await runtimeOf(asked, threads);
  builds.set(model, asked);
  return settled;
}

/** Of the sessions that a model opens next: its engine's build, or else one that the page has already. */
export const buildOf = (model: ModelFolder): RuntimeBuild =>
  builds.get(model) ?? [...started.keys()][0] ?? "wasm";

/** As many as the page may use. Beyond four the small products of one step only wait for each other. */
export function possibleThreads(): number {
  return globalThis.crossOriginIsolated ? Math.min(4, navigator.hardwareConcurrency) : 1;
}

/** A build that could not be started is not kept: the next one to ask tries again. */
function runtimeOf(asked: RuntimeBuild, threads: number): Promise<StartedRuntime> {
  const known = started.get(asked);
  if (known) return known;
  const starting = importRuntime(asked, threads).catch((cause: Error) => {
    started.delete(asked);
    throw cannotStart(cause);
  });
  started.set(asked, starting);
  return starting;
}

async function importRuntime(asked: RuntimeBuild, threads: number): Promise<StartedRuntime> {
  const runtime =
    asked === "wasm"
      ? await import("onnxruntime-web/wasm")
      : await import("onnxruntime-web/webgpu");
  runtime.env.wasm.wasmPaths = runtimeFiles[asked];
  runtime.env.wasm.numThreads = threads;
  runtime.env.logLevel = "error";
  return { runtime, threads };
}

/** The graph with its weight files, from an opened model folder. */
export async function createSession(
  files: ModelFiles,
  graph: string,
  device: Device,
): Promise<RunnableSession> {
  if (typeof files === "string") {
    throw new DalleError(
      "unsupported",
      `A page cannot open the path ${files}; load a model by its address with Dalle.load.`,
    );
  }
  const build = device === "webgpu" ? "webgpu" : buildOf(files);
  const { runtime } = await runtimeOf(build, possibleThreads());
  const bytes = await files.read(graph);
  const names = weightFiles(bytes, Object.keys(files.config.files));
  const externalData = await Promise.all(
    names.map(async (path) => ({ path, data: await files.read(path) })),
  );
  const session = await turns
    .take(() =>
      runtime.InferenceSession.create(bytes, {
        executionProviders: [device === "webgpu" ? "webgpu" : "wasm"],
        graphOptimizationLevel: "all",
        logSeverityLevel: 3,
        externalData,
      }),
    )
    .catch((cause: Error) => {
      throw /no available backend/.test(cause.message) ? cannotStart(cause) : cause;
    });
  return {
    run: (feeds: InferenceSession.FeedsType) => turns.take(() => session.run(feeds)),
    release: () => turns.take(() => session.release()),
    inputMetadata: session.inputMetadata,
  };
}

function cannotStart(cause: Error): DalleError {
  const next = /content security policy|\bCSP\b/i.test(cause.message)
    ? "allow 'wasm-unsafe-eval' in the script-src of the page's Content-Security-Policy"
    : "check the connection, and that the page's server has its .mjs and .wasm files, as docs/browser.md says";
  return new DalleError("unsupported", `ONNX Runtime did not start (${cause.message}); ${next}.`, {
    cause,
  });
}

/** The files whose names the graph holds: an ONNX file names its external data as plain text. */
function weightFiles(graph: Uint8Array, names: readonly string[]): string[] {
  const text = new TextDecoder("latin1").decode(graph);
  return names.filter((name) => name.endsWith(".bin") && text.includes(name));
}
