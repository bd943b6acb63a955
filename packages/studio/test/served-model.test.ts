/** @file What the server itself reads of a model: captions as the model reads them, and the words that it offers. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type CaptionTokenizer,
  CONFIG_FILE,
  describeFile,
  HASHTAG_STEP,
  HASHTAG_WORDS_FILE,
} from "dalle-ts/parts";
import { expect, test } from "vitest";
import { writeTinyModel } from "../../train/test/tiny-model.js";
import { readServedModel } from "../src/drawing/served-model.js";
import { knownWords } from "../src/studio/known-words.js";

test("hashtags are cut into words where the model has a list of them", async () => {
  const folder = await mkdtemp(join(tmpdir(), "dalle-served-"));
  try {
    const config = await writeTinyModel(folder);
    const tokenizer = JSON.parse(await readFile(join(folder, "tokenizer.json"), "utf8"));
    const normalizers = [tokenizer.normalizer, HASHTAG_STEP, tokenizer.normalizer];
    const changed = {
      "tokenizer.json": JSON.stringify({
        ...tokenizer,
        normalizer: { type: "Sequence", normalizers },
      }),
      [HASHTAG_WORDS_FILE]: "red\nblock",
    };
    const files: Record<string, unknown> = { ...config.files };
    for (const [name, text] of Object.entries(changed)) {
      await writeFile(join(folder, name), text);
      files[name] = await describeFile(join(folder, name));
    }
    await writeFile(join(folder, CONFIG_FILE), JSON.stringify({ ...config, files }));
    const model = await readServedModel(folder);
    expect(model.tokenizer.encode("a #redblock")).toEqual(model.tokenizer.encode("a red block"));
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("words that are offered are whole, once, and in order", () => {
  const tokens = [" yel", " yellow", " cubes", " red", " cube", "ball", " of", " Red", " red"];
  const tokenizer = { vocabularySize: tokens.length, decode: ([id]: number[]) => tokens[id!]! };
  expect(knownWords(tokenizer as unknown as CaptionTokenizer)).toEqual([
    ...["cube", "cubes", "red", "yellow"],
  ]);
});
