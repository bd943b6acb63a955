/** @file Graphs that cannot be opened: who is told, what is tried again, and that nothing stays open. */
import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { writeTinyModel } from "../../../train/test/tiny-model.js";
import { Dalle } from "../../src/index.js";
import { Session } from "../../src/parts.js";

const caption = "a small red block";
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dalle-opening-"));
  await writeTinyModel(folder);
});
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(() => rm(folder, { recursive: true }));

const hide = (graph: string) => rename(join(folder, graph), join(folder, "hidden"));
const show = (graph: string) => rename(join(folder, "hidden"), join(folder, graph));

test.each(["transformer.onnx", "dvae-decoder.onnx"])(
  "without %s a request fails, and the next one tries again",
  async (graph) => {
    const dalle = await Dalle.load(folder);
    await hide(graph);
    await expect(dalle.generate(caption)).rejects.toMatchObject({ code: "bad_model" });
    await show(graph);
    expect(await dalle.generate(caption)).toHaveLength(1);
    await dalle.dispose();
    await expect(dalle.generate(caption)).rejects.toMatchObject({ code: "disposed" });
  },
);

test.each(["transformer.onnx", "dvae-decoder.onnx"])(
  "a model that lost %s says so where it is let go by itself, and frees the rest",
  async (graph) => {
    const disposed = vi.spyOn(Session.prototype, Symbol.asyncDispose);
    const open = graph === "transformer.onnx" ? 1 : 2;
    const failing = async () => {
      await using dalle = await Dalle.load(folder);
      await dalle.embedCaption(caption);
      await hide(graph);
      await dalle.generate(caption).finally(() => show(graph));
    };
    await expect(failing()).rejects.toMatchObject({ name: "DalleError", code: "bad_model" });
    expect(disposed).toHaveBeenCalledTimes(open);
  },
);

test("of several graphs none stays open when one cannot be opened", async () => {
  const disposed = vi.spyOn(Session.prototype, Symbol.asyncDispose);
  const graphs = ["transformer.onnx", "dvae-decoder.onnx", "absent.onnx"];
  await expect(Session.openAll(folder, graphs)).rejects.toMatchObject({ code: "bad_model" });
  expect(disposed).toHaveBeenCalledTimes(2);
});
