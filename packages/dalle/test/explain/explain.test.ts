/** @file `Dalle.explain`: what it promises on a tiny random model, and what it shows on the model that ships. */
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { paint, type Scene, worldSample } from "@dalle-ts/data";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { label } from "../../../data/src/world/judge/label.js";
import { lookAt } from "../../../data/src/world/judge/picture.js";
import { colours } from "../../../data/src/world/palette.js";
import { writeTinyModel } from "../../../train/test/tiny-model.js";
import { Dalle } from "../../src/index.js";

const caption = "a small red block";

describe("a tiny model", () => {
  let folder: string;
  let dalle: Dalle;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "dalle-"));
    await writeTinyModel(join(folder, "model"));
    dalle = await Dalle.load(join(folder, "model"));
  });
  afterAll(async () => {
    await dalle.dispose();
    await rm(folder, { recursive: true });
  });

  test("says for each code where all of its attention went", async () => {
    const [image] = await dalle.generate(caption, { seed: 1 });
    const explanation = await dalle.explain(image!.codes, caption);
    const { words, start, padding, picture, rows, columns } = explanation;
    expect([rows, columns]).toEqual([8, 8]);
    expect(explanation.codes).toEqual(image!.codes);
    expect(words.map(({ text }) => text)).toEqual(["a", "small", "red", "block"]);
    for (let code = 0; code < 64; code++) {
      const ofWords = words.reduce((sum, { attention }) => sum + attention[code]!, 0);
      const sum = ofWords + start[code]! + padding[code]! + picture[code]!;
      expect(sum).toBeCloseTo(1, 6);
      for (const { attention } of words) expect(attention[code]).toBeGreaterThan(0);
      expect(picture[code]).toBeGreaterThan(0); // at least the state itself
    }
  });

  test("a code's attention does not depend on those after it", async () => {
    const codes = Int32Array.from({ length: 64 }, (_, index) => (index * 7) % 16);
    const before = await dalle.explain(codes, caption);
    const after = await dalle.explain(codes.with(40, 15), caption);
    for (const [index, { attention }] of before.words.entries()) {
      const other = after.words[index]!.attention;
      const changed = [...attention.keys()].filter((code) => attention[code] !== other[code]);
      expect(Math.min(...changed)).toBe(41); // state 41 is the first that reads code 40
    }
  });

  test("refuses codes that are none of its pictures, and captions that say nothing", async () => {
    await expect(dalle.explain(new Int32Array(63), caption)).rejects.toThrow(
      "codes: expected the 64 codes of one picture, got 63 codes",
    );
    await expect(dalle.explain(new Int32Array(64).fill(16), caption)).rejects.toThrow(
      "codes: expected integers in [0, 16), got 16",
    );
    await expect(dalle.explain(new Int32Array(64), " ")).rejects.toThrow("caption: expected");
  });

  test("a model that was exported without the graph says so", async () => {
    const copy = join(folder, "older");
    await cp(join(folder, "model"), copy, { recursive: true });
    const path = join(copy, "config.json");
    const config = JSON.parse(await readFile(path, "utf8"));
    delete config.files["transformer-explain.onnx"];
    await writeFile(path, JSON.stringify(config));
    await using older = await Dalle.load(copy);
    await expect(older.explain(new Int32Array(64), caption)).rejects.toThrow(
      /lists no file transformer-explain.onnx; use a model that has this part, or export it again\.$/,
    );
  });
});

/** Of the model that ships, over 20 held-out pairs 39 of 40 colour words, with a median of 2.2 times. */
test("on the model that ships, words of colours are looked at from where these colours are", async () => {
  await using dalle = await Dalle.load();
  const size = dalle.imageSize;
  const ratios: number[] = [];
  for (let number = 0; ratios.length < 12; number++) {
    const options = { split: "held-out", families: ["blocks"] } as const;
    const { scene, caption: told } = worldSample(1001, number, options);
    const found = solidColours(scene);
    if (found.length !== 2) continue;
    const { words } = await dalle.explain(
      { width: size, height: size, pixels: paint(scene, size) },
      told,
    );
    const labels = label(lookAt(paint(scene, 64), 64));
    for (const colour of found) {
      const said = words.filter(({ text }) => text.replace(/\W/g, "") === colour);
      const isThere = (code: number) => {
        const middle = (4 * Math.floor(code / 16) + 2) * 64 + 4 * (code % 16) + 2;
        return colours[labels[middle]!] === colour;
      };
      const shares = [...new Array(256).keys()].map((code) => ({
        there: isThere(code),
        share: said.reduce((sum, { attention }) => sum + attention[code]!, 0),
      }));
      const mean = (there: boolean) => {
        const own = shares.filter((each) => each.there === there);
        return own.reduce((sum, { share }) => sum + share, 0) / own.length;
      };
      ratios.push(mean(true) / mean(false));
    }
  }
  ratios.sort((a, b) => a - b);
  expect(ratios[6]).toBeGreaterThan(1.5);
  expect(ratios.filter((ratio) => ratio > 1).length).toBeGreaterThanOrEqual(9);
});

/** The different colours of a scene of blocks. */
function solidColours(scene: Scene): string[] {
  return scene.family === "blocks" ? [...new Set(scene.solids.map(({ colour }) => colour))] : [];
}
