/** @file The stream's ids and positions, and the vectors they stand for [SPEC §2.2]. */
import { noGradient, tensor, tidy } from "@dalle-ts/torch";
import { describe, expect, test } from "vitest";
import {
  embedStates,
  imagePosition,
  imageStateId,
  imageStates,
  paperTransformer,
  streamIds,
  streamStates,
  textStream,
  transformerSpecs,
} from "../../src/index.js";
import { loudParameters, tinyTransformer, torchTree } from "../tiny.js";

// 5 text states, 11 text tokens, 13 codes on 6 × 5: ids 0–10 tokens, 11–15 paddings, 16 start, 17–29 codes, 30 start.
const config = tinyTransformer;

test("the paper's stream has 256 + 1024 = 1280 states", () => {
  expect(paperTransformer.textStates).toBe(256);
  expect(imageStates(paperTransformer)).toBe(1024);
  expect(streamStates(paperTransformer)).toBe(1280);
});

describe("text states", () => {
  test("begin with the start, then the tokens, then one padding for each position left", () => {
    expect(textStream(config, [4, 9])).toEqual({
      ids: [16, 4, 9, 14, 15],
      positions: [0, 1, 2, 5, 5], // 5 is the row of zeros
    });
  });

  test("of an empty and of a full caption", () => {
    expect(textStream(config, [])).toEqual({
      ids: [16, 12, 13, 14, 15],
      positions: [0, 5, 5, 5, 5],
    });
    expect(textStream(config, [1, 2, 3, 4]).ids).toEqual([16, 1, 2, 3, 4]);
  });

  test("leave out what does not fit", () => {
    expect(textStream(config, [1, 2, 3, 4, 5, 6])).toEqual(textStream(config, [1, 2, 3, 4]));
  });
});

test("image state i holds code i − 1, the first the start of the image", () => {
  const codes = [3, 0, 12];
  expect([0, 1, 2, 3].map((index) => imageStateId(config, codes, index))).toEqual([30, 20, 17, 29]);
  expect(streamIds(config).startOfImage).toBe(30);
  expect(imagePosition(config, 0)).toBe(6);
});

describe("vectors of states", () => {
  const parameters = loudParameters(transformerSpecs(config), 2);
  /** Row `row` of a table. */
  const row = (name: string, index: number) => {
    const { data } = parameters.find((each) => each.name === name)!;
    return data.subarray(index * config.width, (index + 1) * config.width);
  };
  const embed = (id: number, position: number) =>
    noGradient(() =>
      tidy(() => {
        const one = (value: number) => tensor(BigInt64Array.of(BigInt(value)), [1, 1], "i64");
        return embedStates(torchTree(parameters), config, one(id), one(position)).toArray();
      }),
    ) as Float32Array;
  const sum = (...rows: Float32Array[]) =>
    rows[0]!.map((_, index) => rows.reduce((total, each) => Math.fround(total + each[index]!), 0));

  test("a token: its embedding and its position's", () => {
    expect(embed(4, 1)).toEqual(sum(row("text.embedding", 4), row("text.position", 1)));
    expect(embed(16, 0)).toEqual(sum(row("text.start", 0), row("text.position", 0)));
  });

  test("a padding: the vector of its own state, no position", () => {
    const { ids, positions } = textStream(config, [1]);
    expect(embed(ids[3]!, positions[3]!)).toEqual(row("text.padding", 3).slice());
  });

  test("a code: its embedding and the row and column of the code it predicts", () => {
    const place = (index: number) =>
      sum(row("image.row", Math.floor(index / 5)), row("image.column", index % 5));
    for (const index of [0, 4, 5, 17, 29]) {
      const id = imageStateId(
        config,
        Array.from({ length: 30 }, (_, code) => code % 13),
        index,
      );
      const token = index === 0 ? row("image.start", 0) : row("image.embedding", (index - 1) % 13);
      expect(embed(id, imagePosition(config, index))).toEqual(sum(token, place(index)));
    }
  });
});
