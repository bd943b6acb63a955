/** @file The merges of a tokenizer: read however they were packed or checked out, and refused where they are anything else. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../../test/temporary-folder.js";
import { findClipTokenizerJson } from "../../src/import/clip/tokenizer-json.js";
import { kakaoTokenizerJson } from "../../src/import/kakao-mindalle/tokenizer-json.js";
import { minDalleTokenizerJson } from "../../src/import/min-dalle/tokenizer-json.js";

const folder = temporaryFolder();

async function written(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const noLists = [
  ["an empty file", ""],
  ["a header alone", "#version: 0.2\n"],
  ["a web page", "<!DOCTYPE html>\n<html><body>Please log in to go on</body></html>\n"],
  ["a token alone", "#version: 0.2\na b\nab\n"],
  ["a pair without its second", "#version: 0.2\na b\nab \n"],
] as const;

describe.each([
  ["min-dalle", minDalleTokenizerJson, "vocab.json", "merges.txt"],
  ["mindalle", kakaoTokenizerJson, "bpe-16k-vocab.json", "bpe-16k-merges.txt"],
])("%s", (_, tokenizerJson, vocabularyName, mergesName) => {
  const vocabulary = '{ "a": 0, "b": 1, "ab": 2, "abb": 3, "c": 4, "constructo": 5, "r": 6 }';
  const merges = "#version: 0.2\na b\nab b\n";
  const made = async (words: string, pairs: string) =>
    tokenizerJson([await written(vocabularyName, words), await written(mergesName, pairs)]);

  test("files of Windows are the same tokenizer", async () => {
    const json = await made(vocabulary, merges);
    expect(JSON.parse(json).model.merges).toEqual([
      ["a", "b"],
      ["ab", "b"],
    ]);
    expect(await made(vocabulary, merges.replaceAll("\n", "\r\n"))).toBe(json);
    expect(await made(`\ufeff${vocabulary}`, `\ufeff${merges}`)).toBe(json);
  });

  test.each(noLists)("%s is no list of merges", async (_what, text) => {
    await expect(made(vocabulary, text)).rejects.toThrow(
      `${mergesName} is no list of merges, two tokens a line; replace it with the published file.`,
    );
  });

  test.each([
    ["a pointer of git-lfs", "version https://git-lfs.github.com/spec/v1\nsize 7\n", "version"],
    ["an unknown left", "x b\n", "x"],
    ["an unknown right", "a x\n", "a"],
    ["an unknown union", "b c\n", "b"],
    ["a union that every object has", "constructo r\n", "constructo"],
  ])("%s is of no use to the vocabulary", async (_what, text, left) => {
    await expect(made(vocabulary, text)).rejects.toThrow(
      new RegExp(
        `${mergesName} is not of this vocabulary, which .* \\("${left}" and ".*" is the first\\); give`,
      ),
    );
  });

  test("a list whose vocabulary was cut is one all the same", async () => {
    const json = await made(vocabulary, `${merges}abb c\n`);
    expect(JSON.parse(json).model.merges).toHaveLength(3);
  });

  test("a vocabulary that is none is refused by its path", async () => {
    await expect(made("<html>", merges)).rejects.toThrow(
      `${join(folder, vocabularyName)} is no list of tokens and ids in JSON; replace it with the`,
    );
  });
});

describe("CLIP", () => {
  const merges = "#version: 0.2\na n\nan d</w>\nnot read\n";
  const made = async (name: string, content: string | Uint8Array) =>
    findClipTokenizerJson([await written(name, content)], 512 + 2 + 2);

  test("packed or not, whatever the name says, and with the ends of lines of Windows", async () => {
    const json = await made("clip.txt", merges);
    expect(JSON.parse(json!).model.merges).toEqual([
      ["a", "n"],
      ["an", "d</w>"],
    ]);
    expect(await made("clip.txt", merges.replaceAll("\n", "\r\n"))).toBe(json);
    expect(await made("clip.txt.gz", gzipSync(merges))).toBe(json);
    expect(await made("clip.txt.gz", merges)).toBe(json);
    expect(await made("clip.txt", gzipSync(merges))).toBe(json);
  });

  test.each([
    ["is damaged", gzipSync(merges).subarray(0, 20)],
    ["unpacks to more than there is room for", gzipSync(new Uint8Array(64 * 2 ** 20 + 1))],
  ])("a file that %s is refused", async (_, bytes) => {
    await expect(made("clip.txt.gz", bytes)).rejects.toThrow(
      /^clip: .*clip\.txt\.gz is damaged or unpacks to more than 64 MiB; give bpe_simple_vocab_16e6\.txt\.gz as it is published\.$/,
    );
  });

  test.each(noLists)("%s is no list of merges", async (_, text) => {
    await expect(made("clip.txt", `header\n${text}`)).rejects.toThrow(/clip\.txt is no list of me/);
  });

  test("a list of words and their counts is no list of merges", async () => {
    await expect(made("clip.txt", "word count\nthe 23\nof 12\n")).rejects.toThrow(
      /clip\.txt is not of this vocabulary, .* \("the" and "23" is the first\); /,
    );
  });
});
