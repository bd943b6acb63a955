/**
 * @file The transformer's explaining and caption graphs on ONNX Runtime against plain references on libtorch: every layer's
 * dense softmax averaged by hand, and the text logits of a pass over the whole stream.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  imagePosition,
  imageStateId,
  imageStates,
  streamStates,
  textLogits,
  textStream,
  transformer,
  transformerSpecs,
} from "@dalle-ts/models";
import { noGradient, type TorchTensor, tensor, tidy } from "@dalle-ts/torch";
import { exportTransformer } from "@dalle-ts/train";
import { CaptionLogitsRuntime, TextAttentionRuntime } from "dalle-ts/parts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  loudParameters,
  relativeError,
  tinyTransformer,
  torchTree,
} from "../packages/models/test/tiny.js";
import { denseAttention, denseBias } from "../packages/models/test/transformer/dense-attention.js";

const largestError = 1e-5;

const config = tinyTransformer;
const parameters = loudParameters(transformerSpecs(config), 5);
const codes = Int32Array.from(
  { length: imageStates(config) },
  (_, index) => (index * index + 3 * index) % config.imageCodes,
);

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dalle-graphs-"));
  await exportTransformer(folder, config, parameters, "f32");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface StreamResults {
  /** [I, T]: weights of text keys, averaged over layers and heads. */
  readonly attention: number[];
  /** [T, V + 1] */
  readonly text: Float32Array;
}

function wholeStream(caption: readonly number[]): StreamResults {
  const text = textStream(config, caption);
  const states = Array.from(codes.keys());
  const ids = [...text.ids, ...states.map((index) => imageStateId(config, codes, index))];
  const positions = [...text.positions, ...states.map((index) => imagePosition(config, index))];
  const row = (values: number[]) =>
    tensor(BigInt64Array.from(values, BigInt), [1, values.length], "i64");
  const size = streamStates(config);
  const sums = new Array<number>(codes.length * config.textStates).fill(0);
  return noGradient(() =>
    tidy(() => {
      const tree = torchTree(parameters);
      const out = transformer(tree, config, row(ids), row(positions), {
        attention: (of, kind, query: TorchTensor, key, value) => {
          const bias = tensor(denseBias(of, kind), [size, size], "f32");
          const scores = query.matmul(key, { transposeOther: true }).add(bias);
          const weights = scores.softmax(-1).toArray() as Float32Array; // [1, H, S, S]
          for (let head = 0; head < of.heads; head++) {
            for (const [place] of sums.entries()) {
              const query = of.textStates + Math.floor(place / of.textStates);
              const key = place % of.textStates;
              sums[place]! += weights[(head * size + query) * size + key]!;
            }
          }
          return denseAttention(of, kind, query, key, value);
        },
      });
      return {
        attention: sums.map((sum) => sum / (config.layers * config.heads)),
        text: textLogits(tree, config, out).toArray() as Float32Array,
      };
    }),
  );
}

describe.each([[[]], [[3, 7, 1]], [[1, 2, 3, 4]]])("caption %j", (caption) => {
  let expected: StreamResults;
  beforeAll(() => {
    expected = wholeStream(caption);
  });

  test("attention to the text is the mean of all heads' softmax weights", async () => {
    await using runtime = new TextAttentionRuntime(folder, config);
    const found = await runtime.read(caption, codes);
    expect(found).toHaveLength(expected.attention.length);
    expect(relativeError(found, expected.attention)).toBeLessThanOrEqual(largestError);
  });

  test("the next token's logits are those of the whole stream", async () => {
    await using runtime = new CaptionLogitsRuntime(folder, config);
    const other = caption.map((token) => (token + 5) % config.textVocabulary);
    const [found] = await runtime.next([caption, other]);
    const width = config.textVocabulary + 1;
    const row = expected.text.subarray(caption.length * width, (caption.length + 1) * width);
    expect(relativeError(found!, row)).toBeLessThanOrEqual(largestError);
  });
});
