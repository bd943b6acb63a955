/** @file CLIP's towers: what each must see and must not see, and the sizes of OpenAI's [SPEC §4, §7.7]. */
import { parameterCount } from "@dalle-ts/tensor";
import { noGradient, tensor, tidy } from "@dalle-ts/torch";
import { describe, expect, test } from "vitest";
import {
  type ClipConfig,
  type ConvolutionalTowerConfig,
  checkClipConfig,
  clipSpecs,
  clipText,
  clipVitB32,
  embedImages,
  embedTexts,
  normalise,
} from "../../src/index.js";
import { loudParameters, normalArray, relativeError, tinyClip, torchTree } from "../tiny.js";

const parameters = loudParameters(clipSpecs(tinyClip), 3);
const { states } = tinyClip.text;

function textEmbedding(ids: readonly number[], end: number): Float32Array {
  const ends = new Float32Array(states);
  ends[end] = 1;
  return noGradient(() =>
    tidy(() =>
      embedTexts(
        torchTree(parameters).at("text"),
        tinyClip,
        tensor(BigInt64Array.from(ids, BigInt), [1, states], "i64"),
        tensor(ends, [1, states], "f32"),
      ).toArray(),
    ),
  ) as Float32Array;
}

function imageEmbedding(pixels: Float32Array): Float32Array {
  const { imageSize } = tinyClip.image;
  return noGradient(() =>
    tidy(() =>
      embedImages(
        torchTree(parameters).at("image"),
        tinyClip,
        tensor(pixels, [1, 3, imageSize, imageSize], "f32"),
      ).toArray(),
    ),
  ) as Float32Array;
}

test("OpenAI's ViT-B/32 has 151,277,313 parameters, and one bias of 768 more here, which is 0 there", () => {
  // Their attention has one output bias and one input bias a layer, as ours; their patches have no bias.
  expect(parameterCount(clipSpecs(clipVitB32))).toBe(151_277_313 + 768);
});

describe("a caption", () => {
  test("is start, tokens, end and zeros, cut to the tower's states", () => {
    expect(clipText(tinyClip.text, [4, 9])).toEqual({ ids: [11, 4, 9, 12, 0, 0, 0], end: 3 });
    expect(clipText(tinyClip.text, [])).toEqual({ ids: [11, 12, 0, 0, 0, 0, 0], end: 1 });
    const long = clipText(tinyClip.text, [1, 2, 3, 4, 5, 6, 7, 8]);
    expect(long).toEqual({ ids: [11, 1, 2, 3, 4, 5, 12], end: 6 });
  });

  test("is read to its end and no further, bit for bit", () => {
    const { ids, end } = clipText(tinyClip.text, [4, 9]);
    const whole = textEmbedding(ids, end);
    expect(textEmbedding(ids.with(end + 1, 7), end)).toEqual(whole);
    for (let state = 0; state <= end; state++) {
      expect(textEmbedding(ids.with(state, 6), end), `state ${state}`).not.toEqual(whole);
    }
  });
});

test("every pixel of a picture counts, and where it is", () => {
  const length = 3 * tinyClip.image.imageSize ** 2;
  const pixels = normalArray(length, 5).map((value) => 1 / (1 + Math.exp(-value)));
  const whole = imageEmbedding(pixels);
  for (let index = 0; index < length; index += 37) {
    const changed = imageEmbedding(pixels.with(index, 1 - pixels[index]!));
    expect(changed, `number ${index}`).not.toEqual(whole);
  }
  // The first two patches of the first row change places.
  const swapped = pixels.map((_, index) => {
    const column = index % 16;
    if (index % 256 >= 64 || column >= 8) return pixels[index]!;
    return pixels[index + (column < 4 ? 4 : -4)]!;
  });
  expect(relativeError(imageEmbedding(swapped), whole)).toBeGreaterThan(1e-3);
});

test("normalised embeddings have length 1", () => {
  const found = tidy(() =>
    normalise(tensor(Float32Array.of(3, 4, 0, -2), [2, 2], "f32")).toArray(),
  );
  for (const [index, value] of [0.6, 0.8, 0, -1].entries()) {
    expect(Number(found[index])).toBeCloseTo(value, 6);
  }
});

test("impossible dimensions are refused by name", () => {
  const message = (changes: Partial<ClipConfig>) => {
    try {
      checkClipConfig({ ...tinyClip, ...changes });
      return "accepted";
    } catch (error) {
      return (error as Error).message;
    }
  };
  const { mean, deviation } = tinyClip.image;
  const network: ConvolutionalTowerConfig = {
    family: "convolutional",
    groups: [1, 1],
    width: 4,
    heads: 2,
    imageSize: 32,
    mean,
    deviation,
  };
  expect([
    message({}),
    message({ image: network }),
    message({ embedding: 0 }),
    message({ image: { ...tinyClip.image, heads: 5 } }),
    message({ image: { ...tinyClip.image, patch: 5 } }),
    message({ image: { ...tinyClip.image, deviation: [0.2, 0, 0.2] } }),
    message({ image: { ...tinyClip.image, deviation: [0.2] as never } }),
    message({ image: { ...tinyClip.image, mean: [0.5, Number.NaN, 0.5] } }),
    message({ image: { ...network, imageSize: 36 } }),
    message({ image: { ...network, groups: [1, 0] } }),
    message({ image: { ...network, heads: 3 } }),
    message({ text: { ...tinyClip.text, states: 2 } }),
    message({ text: { ...tinyClip.text, layers: 1.5 } }),
  ]).toMatchInlineSnapshot(`
    [
      "accepted",
      "accepted",
      "clip.embedding: expected an integer ≥ 1, got 0",
      "clip.image.heads: expected a divisor of the width 24, got 5",
      "clip.image.imageSize: expected a multiple of the patch 5, got 16",
      "clip.image.deviation: expected three finite numbers > 0, got [0.2,0,0.2]",
      "clip.image.deviation: expected three finite numbers > 0, got [0.2]",
      "clip.image.mean: expected three finite numbers, got [0.5,NaN,0.5]",
      "clip.image.imageSize: expected a multiple of 8, got 36",
      "clip.image.groups.1: expected an integer ≥ 1, got 0",
      "clip.image.heads: expected a divisor of 32, got 3",
      "clip.text.states: expected ≥ 3, got 2",
      "clip.text.layers: expected an integer ≥ 1, got 1.5",
    ]
  `);
});
