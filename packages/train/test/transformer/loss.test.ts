/** @file Batches and the joint loss by known answers [SPEC §2.2, §2.4, §10]. */
import { transformerSpecs } from "@dalle-ts/models";
import { noGradient, tensor, tidy } from "@dalle-ts/torch";
import { describe, expect, test } from "vitest";
import {
  loudParameters,
  normalArray,
  tinyTransformer,
  torchTree,
} from "../../../models/test/tiny.js";
import { streamBatch } from "../../src/transformer/batch.js";
import { IGNORED, streamLoss } from "../../src/transformer/loss.js";

// 5 text states, 11 text tokens, 13 codes: ids 0–10 tokens, 11–15 paddings, 16 start, 17–29 codes, 30 start of image.
const config = { ...tinyTransformer, gridRows: 2, gridColumns: 2 };

const numbers = (x: { toArray(): Iterable<bigint | number> }) => Array.from(x.toArray(), Number);

describe("a batch", () => {
  const pairs = [
    { tokens: [4, 9], codes: [1, 0, 12, 7] },
    { tokens: [], codes: [3, 3, 3, 3] },
    { tokens: [1, 2, 3, 4], codes: [0, 1, 2, 3] },
  ];

  test("holds ids, positions and what each state must predict", () => {
    tidy(() => {
      const batch = streamBatch(config, pairs, "cpu");
      expect(batch.ids.shape).toEqual([3, 9]);
      expect(numbers(batch.ids)).toEqual([
        ...[16, 4, 9, 14, 15, 30, 18, 17, 29],
        ...[16, 12, 13, 14, 15, 30, 20, 20, 20],
        ...[16, 1, 2, 3, 4, 30, 17, 18, 19],
      ]);
      expect(numbers(batch.positions).slice(0, 18)).toEqual([
        ...[0, 1, 2, 5, 5, 6, 7, 8, 9],
        ...[0, 5, 5, 5, 5, 6, 7, 8, 9],
      ]);
      // Each caption's last token predicts its end, 11; paddings predict nothing.
      expect(numbers(batch.textTargets)).toEqual([
        ...[4, 9, 11, IGNORED, IGNORED],
        ...[11, IGNORED, IGNORED, IGNORED, IGNORED],
        ...[1, 2, 3, 4, 11],
      ]);
      expect(numbers(batch.imageTargets)).toEqual(pairs.flatMap(({ codes }) => codes));
    });
  });
});

test("a caption with more tokens than states does not end where it is cut", () => {
  tidy(() => {
    const pairs = [{ tokens: [1, 2, 3, 4, 5, 6], codes: [0, 1, 2, 3] }];
    const { ids, textTargets } = streamBatch(config, pairs, "cpu");
    expect(numbers(ids).slice(0, 5)).toEqual([16, 1, 2, 3, 4]);
    expect(numbers(textTargets)).toEqual([1, 2, 3, 4, IGNORED]);
  });
});

test("the loss is (text + 7 · image) / 8, each the mean over its own tokens (relative error ≤ 1e-5)", () => {
  const parameters = loudParameters(transformerSpecs(config), 4);
  const states = normalArray(2 * 9 * config.width, 5);
  const textTargets = [4, 11, IGNORED, IGNORED, IGNORED, 0, 1, 2, 11, IGNORED];
  const imageTargets = [0, 12, 3, 3, 5, 6, 7, 8];

  /** −ln softmax(state · W + b)[target] in double precision. */
  const crossEntropy = (head: string, state: number, target: number) => {
    const weight = parameters.find(({ name }) => name === `${head}.weight`)!;
    const bias = parameters.find(({ name }) => name === `${head}.bias`)!.data;
    const logits = Array.from(bias, (start, row) => {
      let sum = start;
      for (let k = 0; k < config.width; k++) {
        sum += weight.data[row * config.width + k]! * states[state * config.width + k]!;
      }
      return sum;
    });
    const largest = Math.max(...logits);
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0);
    return largest + Math.log(total) - logits[target]!;
  };
  const mean = (values: number[]) => values.reduce((a, b) => a + b) / values.length;
  const text = mean(
    textTargets.flatMap((target, index) =>
      target === IGNORED
        ? []
        : [crossEntropy("text.head", Math.floor(index / 5) * 9 + (index % 5), target)],
    ),
  );
  const image = mean(
    imageTargets.map((target, index) =>
      crossEntropy("image.head", Math.floor(index / 4) * 9 + 5 + (index % 4), target),
    ),
  );

  const found = noGradient(() =>
    tidy(() => {
      const ids = (values: number[]) =>
        tensor(BigInt64Array.from(values, BigInt), [2, values.length / 2], "i64");
      const input = tensor(states, [2, 9, config.width], "f32");
      const loss = streamLoss(
        torchTree(parameters),
        config,
        input,
        ids(textTargets),
        ids(imageTargets),
      );
      return { total: loss.total.item(), text: loss.text.item(), image: loss.image.item() };
    }),
  );
  const close = (value: number, expected: number) =>
    expect(Math.abs(value / expected - 1)).toBeLessThanOrEqual(1e-5);
  close(found.text, text);
  close(found.image, image);
  close(found.total, text / 8 + (7 * image) / 8);
});
