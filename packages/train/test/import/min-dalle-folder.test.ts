/** @file min-dalle's files as a model folder: cached drawing against the reference's, and everything that a request can ask. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { encodePng, loadImage } from "dalle-ts";
import { describe, expect, test } from "vitest";
import { fixtureFolder } from "../../../../test/fixtures.js";
import { expectedIntegers, expectSameInAnyBatch, importedModel } from "./model-folders.js";

const folder = fixtureFolder("import/min-dalle");
const files = ["encoder.pt", "decoder.pt", "detoker.pt", "vocab.json", "merges.txt"];
const open = (options = {}) => importedModel("min-dalle", folder!, files, { heads: 2, ...options });
const caption = "an armchair in the shape of an avocado";

describe.skipIf(!folder)("a model folder of min-dalle", () => {
  test("drawn code by code with caches, the best codes are the reference's", async () => {
    const dalle = await open();
    const prompts = JSON.parse(await readFile(join(folder!, "prompts.json"), "utf8"));
    const [image] = await dalle.generate(prompts[0].prompt, { temperature: 0 });
    expect([...image!.codes]).toEqual(await expectedIntegers(folder!, "greedy_tokens"));
    expect(dalle.sampling()).toMatchObject({ topK: 256, guidance: 16 });
  });

  test.each(["f32", "int8-rows", "int4"] as const)(
    "%s: a seed gives the same bytes at batch 1 and 4",
    async (weightFormat) => expectSameInAnyBatch(await open({ weightFormat }), caption),
  );

  test("shows pictures on their way, stops when it is told to, and says what it cannot do", async () => {
    const dalle = await open();
    const events = [];
    for await (const event of dalle.stream(caption, { seed: 1, partials: 2 })) events.push(event);
    expect(events.map(({ type }) => type)).toEqual(["partial", "partial", "image"]);
    const abort = new AbortController();
    const stopped = dalle.generate(caption, {
      signal: abort.signal,
      onProgress: (done) => done > 3 && abort.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ code: "aborted" });
    const stranger = { width: 256, height: 256, pixels: new Uint8Array(256 * 256 * 3) };
    await expect(dalle.reconstruct(stranger)).rejects.toThrow(
      /hold no encoder; use another model for this one\.$/,
    );
  });

  test("completes what it drew itself, from its file", async () => {
    const dalle = await open();
    const [drawn] = await dalle.generate(caption, { seed: 1 });
    const image = await loadImage(await encodePng(drawn!));
    const [below] = await dalle.complete(image, caption, { keep: { top: 0.5 }, seed: 2 });
    const changed = [...drawn!.codes.keys()].filter(
      (index) => drawn!.codes[index] !== below!.codes[index],
    );
    expect(changed.length).toBeGreaterThan(0);
    expect(Math.min(...changed)).toBeGreaterThanOrEqual(128); // of 16 × 16
    const [around] = await dalle.vary(image, { caption, seed: 2, share: 0.25, candidates: 2 });
    expect(around!.fit).toBeLessThan(0);
  });

  test("a caption that is too long is cut as the reference cuts it, and the user is told", async () => {
    const dalle = await open();
    const warnings: string[] = [];
    const long = `${"zebra ".repeat(60)}end`;
    const [image] = await dalle.generate(long, { seed: 1, onWarning: (w) => warnings.push(w) });
    expect(image!.codes).toHaveLength(256);
    expect(warnings).toEqual([
      expect.stringMatching(
        /^The model reads 63 tokens; .*more characters\); shorten the caption\.$/,
      ),
    ]);
  });
});
