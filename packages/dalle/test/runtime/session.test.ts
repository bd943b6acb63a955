/** @file A session that fails or is let go: what is said, and who waits for what. */
import { afterEach, expect, test, vi } from "vitest";
import { Session } from "../../src/runtime/session.js";

/** Of the runtime. */
const answers = vi.hoisted(() => ({
  create: async (): Promise<void> => {},
  run: async (): Promise<void> => {},
  release: async (): Promise<void> => {},
}));
vi.mock("../../src/platform/node/runtime.js", () => ({
  createSession: async () => {
    await answers.create();
    return { run: () => answers.run(), release: () => answers.release() };
  },
}));
const working = { ...answers };
afterEach(() => {
  Object.assign(answers, working);
});

const failing = (message: string) => () => Promise.reject(new Error(message));
const memory =
  /^model\/a\.onnx (failed to run for want of memory \(.*\); draw fewer pictures at a time, as the options batch and memory say, or free some|cannot be loaded for want of memory \(.*\); free some, or load a smaller model or the same in 8 bits)\.$/;
const device =
  /^model\/a\.onnx (failed to run|cannot be loaded), for the graphics device was lost \(.*\); reload the page, or load the model with the engine wasm\.$/;

test.each<[string, string, RegExp]>([
  ["std::bad_alloc", "no_memory", memory],
  ["bad allocation\nat the allocator", "no_memory", memory],
  ["Failed to allocate memory for requested buffer of size 4096", "no_memory", memory],
  ["WebAssembly.Memory.grow(): Maximum memory size exceeded", "no_memory", memory],
  ["Aborted(OOM)", "no_memory", memory],
  ["Array buffer allocation failed", "no_memory", memory],
  ["A valid external Instance reference no longer exists.", "native", device],
  ["[WebGPU] Device is lost: GPU process crashed", "native", device],
  ["Invalid dimension: got 3", "bad_model", /^model\/a\.onnx .* \(Invalid dimension: got 3\); c/],
])("%s is told with its own next step", async (message, code, sentence) => {
  const session = await Session.open("model", "a.onnx");
  answers.run = failing(message);
  await expect(session.run({})).rejects.toMatchObject({
    code,
    message: expect.stringMatching(sentence),
  });
  answers.create = failing(message);
  await expect(Session.open("model", "a.onnx")).rejects.toMatchObject({
    code,
    message: expect.stringMatching(sentence),
  });
});

test("whoever disposes second waits for what the first waits for", async () => {
  const session = await Session.open("model", "a.onnx");
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let releases = 0;
  answers.release = () => {
    releases++;
    return held;
  };
  let ended = 0;
  const end = async () => {
    await session[Symbol.asyncDispose]();
    ended++;
  };
  const both = Promise.all([end(), end()]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(ended).toBe(0);
  await expect(session.run({})).rejects.toMatchObject({ code: "disposed" });
  letGo();
  await both;
  expect([ended, releases]).toEqual([2, 1]);
});
