/** @file A transformer carried over to other words and codes: each new row is made of the old rows that mean the same. */
import { dvaeSpecs, transformerSpecs } from "@dalle-ts/models";
import { seedGenerator, type TorchTensor, tensor } from "@dalle-ts/torch";
import { expect, test } from "vitest";
import {
  loudParameters,
  relativeError,
  tinyDvae,
  tinyTransformer,
  torchParameters,
} from "../../../models/test/tiny.js";
import { initialiseParameters } from "../../src/parameters.js";
import type { TrainedDvae } from "../../src/run/run-folder.js";
import { BytePairEncoder } from "../../src/tokenizer/byte-pair-encoder.js";
import { tokenizerText } from "../../src/tokenizer/tokenizer-json.js";
import { trainTokenizer } from "../../src/tokenizer/train-tokenizer.js";
import { carryOver } from "../../src/transformer/carry-over.js";

const few = tokenizerText(trainTokenizer(["a red block"], { vocabularySize: 258 }));
const more = tokenizerText(
  trainTokenizer(["a red block", "a red ball", "red"], { vocabularySize: 266 }),
);
const width = 32;
const values = (x: TorchTensor | undefined) => x!.toArray() as Float32Array;
/** Of a matrix a row of numbers, of a bias one. */
const row = (x: TorchTensor | undefined, index: number) => {
  const width = x!.shape[1] ?? 1;
  return values(x).subarray(index * width, (index + 1) * width);
};

function parametersFor(tokenizer: string, dvae: TrainedDvae) {
  const textVocabulary = BytePairEncoder.fromJson(tokenizer).vocabularySize;
  const config = { ...tinyTransformer, width, textVocabulary, imageCodes: dvae.config.codes };
  return torchParameters(loudParameters(transformerSpecs(config), 6));
}

seedGenerator(4);
const dvae: TrainedDvae = {
  config: tinyDvae,
  parameters: initialiseParameters(dvaeSpecs(tinyDvae), "cpu"),
  hash: "1",
};
const side = 4;
const grids = Array.from({ length: 40 }, (_, grid) =>
  Array.from({ length: side * side }, (_, cell) => (7 * grid + 5 * cell) % tinyDvae.codes),
);

test("what is the same in both stays as it is", () => {
  const parameters = parametersFor(few, dvae);
  const own = { tokenizer: few, dvae };
  const carried = carryOver(parameters, own, own, grids, "cpu");
  for (const [name, value] of parameters) {
    expect(carried.get(name)!.shape).toEqual(value.shape);
    expect(values(carried.get(name)), name).toEqual(values(value));
  }
});

test("a new word begins as the mean of what spelt it", () => {
  const parameters = parametersFor(few, dvae);
  const to = { tokenizer: more, dvae };
  const carried = carryOver(parameters, { tokenizer: few, dvae }, to, grids, "cpu");
  const [old, now] = [few, more].map((text) => BytePairEncoder.fromJson(text));
  const [id, ...none] = now!.encode("red");
  const spelt = old!.encode("red");
  expect(none).toEqual([]);
  expect(spelt.length).toBeGreaterThan(1);
  for (const name of ["text.embedding", "text.head.weight", "text.head.bias"]) {
    const rows = spelt.map((part) => row(parameters.get(name), part));
    const mean = rows[0]!.map(
      (_, i) => rows.reduce((sum, each) => sum + each[i]!, 0) / rows.length,
    );
    expect(relativeError(row(carried.get(name), id!), mean), name).toBeLessThan(1e-6);
  }
  const end = (tokenizer: string) => BytePairEncoder.fromJson(tokenizer).vocabularySize;
  expect(row(carried.get("text.head.weight"), end(more))).toEqual(
    row(parameters.get("text.head.weight"), end(few)),
  );
});

test("codes that are only numbered anew find their rows, and codes that never occur get the mean of all", () => {
  const parameters = parametersFor(few, dvae);
  const { codes } = tinyDvae;
  const renamed = (code: number) => (code * 5 + 3) % codes; // 5 and 24 share no factor
  const book = values(dvae.parameters.get("decoder.codebook.weight"));
  const { codeWidth } = tinyDvae;
  const moved = new Float32Array(book.length);
  for (let code = 0; code < codes; code++) {
    moved.set(book.subarray(code * codeWidth, (code + 1) * codeWidth), renamed(code) * codeWidth);
  }
  const anew: TrainedDvae = {
    ...dvae,
    hash: "3",
    parameters: new Map(dvae.parameters).set(
      "decoder.codebook.weight",
      tensor(moved, [codes, codeWidth], "f32"),
    ),
  };
  const from = { tokenizer: few, dvae };
  const twin = { ...from, dvae: { ...dvae, hash: "2" } };
  const some = grids.map((grid) => grid.map((code) => code % 12));
  const plain = carryOver(parameters, from, twin, some, "cpu");
  const renumbered = some.map((grid) => grid.map(renamed));
  const carried = carryOver(parameters, from, { ...from, dvae: anew }, renumbered, "cpu");
  for (const name of ["image.embedding", "image.head.weight", "image.head.bias"]) {
    for (let code = 0; code < 12; code++) {
      const [found, expected] = [row(carried.get(name), renamed(code)), row(plain.get(name), code)];
      expect(relativeError(found, expected), `${name} ${code}`).toBeLessThan(1e-6);
    }
    expect(row(plain.get(name), 13)).toEqual(row(plain.get(name), 14)); // neither occurs
    expect(row(plain.get(name), 13)).not.toEqual(row(plain.get(name), 3));
  }
});
