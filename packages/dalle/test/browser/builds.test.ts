/**
 * @file The engine of a page and the builds of ONNX Runtime under it, without a page: both builds and the self-test are
 * fakes.
 */
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { ModelFolder } from "../../src/model-folder/model-folder.js";
import type { SelfTestResult } from "../../src/runtime/self-test.js";

const fakes = vi.hoisted(() => {
  const failing = new Set<string>();
  /** What was opened, as build:provider. */
  const opened: string[] = [];
  const build = (name: string) => ({
    env: {
      get wasm() {
        if (failing.has(name)) throw new Error("Failed to fetch dynamically imported module");
        return {};
      },
    },
    InferenceSession: {
      create: async (_: Uint8Array, options: { executionProviders: string[] }) => {
        const [provider] = options.executionProviders;
        if (provider === "webgpu" && name === "wasm") throw new Error("no available backend found");
        opened.push(`${name}:${provider}`);
        return { run: async () => ({}), release: async () => {} };
      },
    },
  });
  const found: Record<string, { -readonly [Field in keyof SelfTestResult]: number }> = {};
  return { failing, opened, build, found };
});
vi.mock("onnxruntime-web/wasm", () => fakes.build("wasm"));
vi.mock("onnxruntime-web/webgpu", () => fakes.build("webgpu"));
vi.mock("../../src/runtime/self-test.js", () => ({
  SELF_TEST_FILE: "self-test.json",
  SELF_TEST_TOLERANCE: 0.05,
  runSelfTest: async (_: unknown, device: string) => fakes.found[device],
}));
vi.stubGlobal("navigator", { gpu: { requestAdapter: async () => ({}) }, hardwareConcurrency: 2 });
afterAll(() => {
  vi.unstubAllGlobals();
});

let chooseEngine: typeof import("../../src/platform/browser/engine.js")["chooseEngine"];
let createSession: typeof import("../../src/platform/browser/runtime.js")["createSession"];
/** A page that was just opened. */
beforeEach(async () => {
  vi.resetModules();
  ({ chooseEngine } = await import("../../src/platform/browser/engine.js"));
  ({ createSession } = await import("../../src/platform/browser/runtime.js"));
  fakes.failing.clear();
  fakes.opened.length = 0;
  fakes.found.webgpu = { error: 0.001, milliseconds: 2 };
  fakes.found.cpu = { error: 0, milliseconds: 5 };
});

const model = (): ModelFolder =>
  ({
    config: { files: { "self-test.json": {} } },
    read: async () => new Uint8Array(),
  }) as unknown as ModelFolder;

describe("the engine", () => {
  test("is WebGPU where that is right and faster", async () => {
    expect(await chooseEngine(model())).toEqual({
      name: "webgpu",
      reason: "WebGPU gives the logits that the model stores, and is faster than WebAssembly here.",
    });
    fakes.found.webgpu!.milliseconds = 7.5;
    expect(await chooseEngine(model())).toMatchObject({
      name: "wasm",
      reason: expect.stringContaining("WebGPU takes 7.5 ms a code and WebAssembly 5.0, and the"),
    });
    expect(await chooseEngine(model(), "webgpu")).toMatchObject({ name: "webgpu" });
  });

  test.each([2, Number.NaN])("is not WebGPU where its logits are off by %s", async (error) => {
    fakes.found.webgpu!.error = error;
    const why = `WebGPU computes wrong logits here (off by ${100 * error} %)`;
    expect(await chooseEngine(model())).toMatchObject({
      name: "wasm",
      reason: expect.stringContaining(why),
    });
    await expect(chooseEngine(model(), "webgpu")).rejects.toMatchObject({
      code: "unsupported",
      message: `The engine webgpu is not to be had: ${why}; leave engine out to take the best there is.`,
    });
  });
});

describe("the builds", () => {
  test("each model opens its graphs on that of its engine, whatever was loaded since", async () => {
    const [one, other] = [model(), model()];
    await chooseEngine(one, "webgpu");
    await chooseEngine(other, "wasm");
    for (const device of ["webgpu", "cpu"] as const) await createSession(one, "a.onnx", device);
    await createSession(other, "a.onnx", "cpu");
    expect(fakes.opened).toEqual(["webgpu:webgpu", "webgpu:wasm", "wasm:wasm"]);
  });

  test("one that cannot be fetched is told, and asked for again the next time", async () => {
    fakes.failing.add("wasm");
    const asked = model();
    const refusal = {
      code: "unsupported",
      message:
        "ONNX Runtime did not start (Failed to fetch dynamically imported module); check the connection, and that the page's server has its .mjs and .wasm files, as docs/browser.md says.",
    };
    await expect(chooseEngine(asked, "wasm")).rejects.toMatchObject(refusal);
    await expect(createSession(asked, "a.onnx", "cpu")).rejects.toMatchObject(refusal);
    fakes.failing.clear();
    expect(await chooseEngine(asked, "wasm")).toMatchObject({ name: "wasm", threads: 1 });
    await createSession(asked, "a.onnx", "cpu");
    expect(fakes.opened).toEqual(["wasm:wasm"]);
  });

  test("WebAssembly takes the place of a WebGPU that cannot be fetched", async () => {
    fakes.failing.add("webgpu");
    expect(await chooseEngine(model())).toMatchObject({
      name: "wasm",
      reason: expect.stringContaining("WebGPU failed (ONNX Runtime did not start (Failed to fetch"),
    });
  });
});
