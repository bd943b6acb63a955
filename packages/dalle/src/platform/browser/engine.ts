/**
 * @file The engine of a page: WebGPU where it passes the model's self-test and is the faster, else WebAssembly on as many
 * threads as the page may have. Whatever is chosen says why.
 */
import { DalleError } from "@dalle-ts/tensor";
import type { Engine, EngineName } from "../../engine.js";
import type { ModelFolder } from "../../model-folder/model-folder.js";
import { runSelfTest, SELF_TEST_FILE, SELF_TEST_TOLERANCE } from "../../runtime/self-test.js";
import { buildOf, possibleThreads, startRuntime } from "./runtime.js";

const engineNames: readonly EngineName[] = ["webgpu", "wasm-threads", "wasm"];

/** Refuses what no model gets here, before anything of one is downloaded. */
export function checkEngine(asked: EngineName | undefined): void {
  if (asked !== undefined && !engineNames.includes(asked)) {
    throw unavailable(asked, "a page has webgpu, wasm-threads and wasm");
  }
  if (asked === "wasm-threads" && possibleThreads() === 1) throw unavailable(asked, whyOneThread());
}

/** asked: checked. */
export async function chooseEngine(model: ModelFolder, asked?: EngineName): Promise<Engine> {
  if (asked === "wasm" || asked === "wasm-threads") return askedWasm(model, asked);
  const failure = await whyNotWebGpu(model, asked === "webgpu");
  if (failure === undefined) {
    const speed = asked === "webgpu" ? "it was asked for" : "is faster than WebAssembly here";
    return {
      name: "webgpu",
      reason: `WebGPU gives the logits that the model stores, and ${speed}.`,
    };
  }
  if (asked === "webgpu") throw unavailable(asked, failure);
  const possible = possibleThreads();
  const reasons = possible > 1 ? [failure] : [failure, whyOneThread()];
  return wasmEngine(await startRuntime(model, buildOf(model), possible), reasons.join(", and "));
}

async function askedWasm(model: ModelFolder, asked: "wasm" | "wasm-threads"): Promise<Engine> {
  const threads = await startRuntime(model, "wasm", asked === "wasm" ? 1 : possibleThreads());
  const engine = wasmEngine(threads, "it was asked for");
  if (engine.name === asked) return engine;
  throw unavailable(asked, `this page has begun with ${engine.name}, so reload it`);
}

function wasmEngine(threads: number, why: string): Engine {
  return threads > 1
    ? { name: "wasm-threads", threads, reason: `WebAssembly on ${threads} threads: ${why}.` }
    : { name: "wasm", threads, reason: `WebAssembly on one thread: ${why}.` };
}

function whyOneThread(): string {
  return globalThis.crossOriginIsolated
    ? "this machine has one core"
    : "the page is not cross-origin isolated (its server sends no Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp)";
}

/** Undefined when it works; then the build with WebGPU has been started. */
async function whyNotWebGpu(model: ModelFolder, isAsked: boolean): Promise<string | undefined> {
  if (!Object.hasOwn(model.config.files, SELF_TEST_FILE)) {
    return `the model has no ${SELF_TEST_FILE} to try WebGPU with`;
  }
  const adapter = await findAdapter();
  if (!adapter) return "this browser has no WebGPU";
  if (adapter.info?.isFallbackAdapter && !isAsked) return "WebGPU is only emulated here";
  try {
    await startRuntime(model, "webgpu", possibleThreads());
    const { error, milliseconds } = await runSelfTest(model, "webgpu");
    if (!(error <= SELF_TEST_TOLERANCE)) {
      return `WebGPU computes wrong logits here (off by ${(100 * error).toFixed(0)} %)`;
    }
    if (isAsked) return undefined;
    const wasm = await runSelfTest(model, "cpu");
    if (milliseconds < wasm.milliseconds) return undefined;
    return `WebGPU takes ${milliseconds.toFixed(1)} ms a code and WebAssembly ${wasm.milliseconds.toFixed(1)}`;
  } catch (cause) {
    return `WebGPU failed (${(cause as Error).message})`;
  }
}

interface GpuAdapter {
  readonly info?: { readonly isFallbackAdapter?: boolean };
}

async function findAdapter(): Promise<GpuAdapter | null | undefined> {
  const { gpu } = navigator as { gpu?: { requestAdapter(): Promise<GpuAdapter | null> } };
  return gpu?.requestAdapter().catch(() => undefined);
}

function unavailable(asked: EngineName, why: string): DalleError {
  return new DalleError(
    "unsupported",
    `The engine ${asked} is not to be had: ${why}; leave engine out to take the best there is.`,
  );
}
