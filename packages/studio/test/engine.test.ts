/** @file The model's process: what happens when it cannot start, and when it ends in the middle of a picture. */
import { mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeTinyModel } from "../../train/test/tiny-model.js";
import { Engine } from "../src/engine/engine.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dalle-engine-"));
  await writeTinyModel(join(folder, "model"));
});
afterAll(() => rm(folder, { recursive: true }));

const orders = [{ caption: "a small red block", seed: 1 }];

test("a process that crashes fails its batch, is started again, and draws", async () => {
  const engine = new Engine(join(folder, "model"));
  await engine.ready;
  const before = engine.processId!;
  const { done } = engine.draw([{ ...orders[0]!, partials: 8 }], {
    onEvent: () => process.kill(before, "SIGKILL"),
  });
  await expect(done).rejects.toMatchObject({ code: "native" });
  expect(engine.state).toBe("loading");
  const events: string[] = [];
  await engine.draw(orders, { onEvent: ({ type }) => events.push(type) }).done;
  expect(events).toEqual(["image"]);
  expect(engine.processId).not.toBe(before);
  await engine.close();
  expect(engine.state).toBe("closed");
});

test("a start that fails after a crash is told, and tried again until the model is there", async () => {
  const model = join(folder, "moved");
  await writeTinyModel(model);
  const engine = new Engine(model);
  await engine.ready;
  await rename(model, `${model}-away`);
  process.kill(engine.processId!, "SIGKILL");
  await expect.poll(() => engine.state).toBe("failed");
  await expect(engine.ready).rejects.toMatchObject({ code: "not_found" });
  await rename(`${model}-away`, model);
  await expect.poll(() => engine.state).toBe("ready");
  const events: string[] = [];
  await engine.draw(orders, { onEvent: ({ type }) => events.push(type) }).done;
  expect(events).toEqual(["image"]);
  await engine.close();
});

test("another model than the server began with is refused", async () => {
  const engine = new Engine(join(folder, "model"), "0123456789ab");
  await expect(engine.ready).rejects.toMatchObject({
    code: "bad_model",
    message: expect.stringMatching(/ is another one than the server began with; put that one back/),
  });
  await engine.close();
});

test("files that were replaced since the model was loaded are not mixed with it", async () => {
  const model = join(folder, "replaced");
  await writeTinyModel(model);
  const engine = new Engine(model);
  await engine.ready; // no graph is open yet
  const weights = join(model, "transformer.onnx");
  const bytes = await readFile(weights);
  const changed = Buffer.from(bytes);
  changed[changed.length - 1]! ^= 1;
  await writeFile(weights, changed);
  const { done } = engine.draw(orders, { onEvent: () => undefined });
  await expect(done).rejects.toMatchObject({
    code: "bad_model",
    message: expect.stringContaining("have changed since it was loaded (transformer.onnx)"),
  });
  await writeFile(weights, bytes);
  await engine.draw(orders, { onEvent: () => undefined }).done;
  await engine.close();
});

test("a picture that is given up while the model loads is not drawn", async () => {
  const engine = new Engine(join(folder, "model"));
  const drawn: number[] = [];
  const two = [1, 2].map((seed) => ({ ...orders[0]!, seed }));
  const { done, giveUp } = engine.draw(two, { onEvent: ({ index }) => drawn.push(index) });
  expect(engine.state).toBe("loading");
  giveUp(0);
  await done;
  expect(drawn).toEqual([1]);
  await engine.close();
});

test("a damaged model is told, and nothing is drawn", async () => {
  const damaged = join(folder, "damaged");
  await writeTinyModel(damaged);
  await writeFile(join(damaged, "tokenizer.json"), "{}");
  const engine = new Engine(damaged);
  await expect(engine.ready).rejects.toMatchObject({ code: "bad_model" });
  expect(engine.state).toBe("failed");
  const { done } = engine.draw(orders, { onEvent: () => undefined });
  await expect(done).rejects.toMatchObject({ code: "bad_model" });
  await engine.close();
});

test("whoever waits for a model is told when the server is closed before it is there", async () => {
  const engine = new Engine(join(folder, "model"));
  const { done } = engine.draw(orders, { onEvent: () => undefined });
  const answers = Promise.allSettled([engine.ready, done]);
  await engine.close();
  expect(await answers).toMatchObject([
    { status: "rejected", reason: { code: "disposed" } },
    { status: "rejected", reason: { code: "disposed" } },
  ]);
});
