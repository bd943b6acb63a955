/** @file What the model is asked beside drawing: where it looked, how a caption goes on, and what is refused. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Dalle, loadImage } from "dalle-ts";
import { describe, expect, test } from "vitest";
import { strongestRegion } from "../page/parts/strongest-region.js";
import { serve } from "../src/index.js";
import { jsonOf } from "./support/json-of.js";
import { examplePng, postJson, testServer } from "./support/server.js";

const server = testServer({ history: false });
const caption = "a small red block";
const pictureUrl = async () => `data:image/png;base64,${(await examplePng()).toString("base64")}`;
const explain = async (url = server.url) =>
  postJson(`${url}/api/explain`, { prompt: caption, image: await pictureUrl() });

describe("POST /api/explain", () => {
  test("gives what Dalle.explain gives, also while pictures are drawn", async () => {
    const drawing = server.client.images.generate({ prompt: caption, n: 4 });
    const { rows, columns, words } = await jsonOf(explain());
    expect((await drawing).data).toHaveLength(4);
    await using dalle = await Dalle.load(join(server.folder, "model"));
    const expected = await dalle.explain(await loadImage(await examplePng()), caption);
    expect([rows, columns]).toEqual([8, 8]);
    expect(words.map(({ text }: { text: string }) => text)).toEqual(["a", "small", "red", "block"]);
    for (const [index, { attention }] of words.entries()) {
      const difference = attention.map(
        (share: number, code: number) => share - 1000 * expected.words[index]!.attention[code]!,
      );
      expect(Math.max(...difference.map(Math.abs))).toBeLessThanOrEqual(0.001); // it is rounded
    }
  });

  test("refuses what it cannot explain, in one sentence", async () => {
    const noPrompt = await postJson(`${server.url}/api/explain`, { image: await pictureUrl() });
    expect([noPrompt.status, (await jsonOf(noPrompt)).error.param]).toEqual([400, "prompt"]);
    const noImage = await postJson(`${server.url}/api/explain`, { prompt: caption });
    expect([noImage.status, (await jsonOf(noImage)).error.param]).toEqual([400, "image"]);
    const long = { prompt: "x".repeat(4001), image: await pictureUrl() };
    const { error } = await jsonOf(postJson(`${server.url}/api/explain`, long));
    expect(error.message).toContain("prompt: expected 1 to 4000 characters, got");
  });

  test("lets no more wait than it can hold", async () => {
    const model = join(server.folder, "model");
    const loading = await serve({ port: 0, model, history: false }); // so that all of them wait
    try {
      const asked = Array.from({ length: 24 }, () => explain(loading.url));
      const answers = await Promise.all(asked);
      const refused = answers.find(({ status }) => status === 429)!;
      expect((await jsonOf(refused)).error.message).toMatch(/^16 questions are waiting already; /);
      const statuses = answers.map(({ status }) => status);
      expect(statuses.filter((status) => status === 200)).toHaveLength(16);
      expect(statuses.filter((status) => status === 429)).toHaveLength(8);
    } finally {
      await loading.close();
    }
  });

  test("a model that was exported without the graph says so", async () => {
    const model = join(server.folder, "model");
    const text = await readFile(join(model, "config.json"), "utf8");
    const config = JSON.parse(text);
    delete config.files["transformer-explain.onnx"];
    await writeFile(join(model, "config.json"), JSON.stringify(config));
    const without = await serve({ port: 0, model, history: false });
    try {
      expect((await jsonOf(fetch(`${without.url}/api/status`))).model.canExplain).toBe(false);
      const response = await explain(without.url);
      expect(response.status).toBe(400);
      expect((await jsonOf(response)).error.message).toBe(
        "The model tiny has no graph that explains pictures; export it again with `dalle export`, or serve another.",
      );
    } finally {
      await without.close();
      await writeFile(join(model, "config.json"), text);
    }
  });
});

test("POST /api/continue gives captions that begin with the prompt", async () => {
  const { captions } = await jsonOf(postJson(`${server.url}/api/continue`, { prompt: "a small" }));
  expect(captions.length).toBeGreaterThan(0);
  // A random model goes on with any character, a line break included.
  for (const caption of captions) expect(caption).toMatch(/^a small[\s\S]/);
  const wrong = await postJson(`${server.url}/api/continue`, { prompt: 7 });
  expect([wrong.status, (await jsonOf(wrong)).error.param]).toEqual([400, "prompt"]);
});

describe("where a heat map is strongest, in words", () => {
  const hot = (row: number, column: number) =>
    Array.from({ length: 64 }, (_, index) => Number(index === 8 * row + column));

  test.each([
    [0, 0, "the upper left"],
    [4, 4, "the middle"],
    [4, 7, "the middle right"],
    [7, 3, "the lower middle"],
  ])("row %i, column %i: %s", (row, column, words) => {
    expect(strongestRegion(hot(row, column), 8, 8)).toBe(words);
  });
});
