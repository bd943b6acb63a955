/** @file Which of the files of an import is its tokenizer, and which is not. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CaptionTokenizer } from "dalle-ts/parts";
import { afterAll, describe, expect, test } from "vitest";
import { bytePairJson } from "../../src/import/byte-pair-json.js";
import { clipTokenizerJson } from "../../src/import/clip/tokenizer-json.js";
import { findTokenizerJson } from "../../src/import/dalle-pytorch/tokenizer-json.js";
import { textEndingIn } from "../../src/import/read-texts.js";

const folder = await mkdtemp(join(tmpdir(), "dalle-texts-"));
afterAll(() => rm(folder, { recursive: true }));

async function written(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

describe("DALLE-pytorch", () => {
  test("youtokentome's model is read, capitals and all", async () => {
    // ▁ is 4, a is 5, A is 7, and ▁a is 6.
    const path = await written("bpe.model", "3 1\n9601 4\n97 5\n65 7\n4 5 6\n1 0 2 3\n");
    const tokenizer = CaptionTokenizer.fromJson((await findTokenizerJson([path], 8))!);
    expect(tokenizer.encode(" a  A")).toEqual([6, 4, 7]);
    expect(tokenizer.encode("b")).toEqual([4, 1]);
    await written("bpe.model", "\ufeff3 1\r\n9601 4\r\n97 5\r\n65 7\r\n4 5 6\r\n1 0 2 3\r\n");
    const windows = CaptionTokenizer.fromJson((await findTokenizerJson([path], 8))!);
    expect(windows.encode(" a  A")).toEqual([6, 4, 7]);
    await written("bpe.model", "no model");
    await expect(findTokenizerJson([path], 8)).rejects.toThrow(/^bpe\.model is no model of you/);
  });

  test("BERT's words are not taken for CLIP's merges", async () => {
    const path = await written("vocab.txt", "[PAD]\n[unused1]\n[unused2]\n");
    await expect(findTokenizerJson([path], 21128)).rejects.toThrow(
      /vocab\.txt is BERT's list of words, not CLIP's merges; give the tokenizer\.json that/,
    );
  });

  test("words of tokenizer.json are of letters of any script", async () => {
    const tokens = ["é", "t", "é</w>", "_", "_</w>", ",</w>"];
    const text = bytePairJson({
      normalizers: [],
      preTokenizer: { type: "Whitespace" },
      decoder: { type: "Fuse" },
      wordEnd: "</w>",
      merges: [],
      vocabulary: Object.fromEntries(tokens.map((token, id) => [token, id])),
    });
    const path = await written("tokenizer.json", text);
    const tokenizer = CaptionTokenizer.fromJson((await findTokenizerJson([path], 8))!);
    expect(tokenizer.encode("été_,  é")).toEqual([0, 1, 0, 4, 5, 2]);
    await written("tokenizer.json", "{");
    await expect(findTokenizerJson([path], 8)).rejects.toThrow(
      /^tokenizer\.json is no JSON .*; give the tokenizer\.json that the model was trained with\.$/,
    );
  });

  test("CLIP's reads curly quotes as straight ones", () => {
    const tokenizer = CaptionTokenizer.fromJson(clipTokenizerJson("#version: 0.2\na b\n", 514));
    expect(tokenizer.encode("a fox’s “tail”")).toEqual(tokenizer.encode('a fox\'s "tail"'));
  });

  test("none is none", async () => {
    expect(await findTokenizerJson([join(folder, "dalle.pt")], 8)).toBeUndefined();
  });
});

describe("a text by its ending", () => {
  const vocabulary = '{ "a": 0, "b": 1 }';

  test("is that of the published name", async () => {
    const paths = [await written("other.json", "{}"), await written("vocab_mini.json", vocabulary)];
    expect(await textEndingIn(paths, ".json", "vocab.json")).toBe(vocabulary);
  });

  test("or one of another name that can be it", async () => {
    const config = await written("config.json", '{ "d_model": 56, "activation": "gelu" }');
    const words = await written("words.json", vocabulary);
    expect(await textEndingIn([config, words], ".json", "vocab.json")).toBe(vocabulary);
    const prose = await written("readme.txt", "how to use this model\n");
    const pairs = await written("pairs.txt", "#version: 0.2\na b\n");
    expect(await textEndingIn([prose, pairs], ".txt", "merges.txt")).toMatch(/^#version/);
  });

  test("or missing, by its name", async () => {
    const config = await written("config.json", '{ "activation": "gelu" }');
    await expect(textEndingIn([config], ".json", "vocab.json")).rejects.toThrow(
      /^There is no vocab\.json among the files, nor is it config\.json; add its path\.$/,
    );
    await expect(textEndingIn([config], ".txt", "merges.txt")).rejects.toThrow(
      /^There is no merges\.txt among the files; add its path\.$/,
    );
  });
});
