/** @file The dVAE's dimensions [SPEC §1.1, §10], and that its functions use the parameters their lists declare. */
import { type ParameterSpec, parameterCount } from "@dalle-ts/tensor";
import { gradients, noGradient, requireGradient, tensor, tidy } from "@dalle-ts/torch";
import { describe, expect, test } from "vitest";
import { block, blockSpecs } from "../../src/dvae/block.js";
import {
  checkDvaeConfig,
  type DvaeConfig,
  decodeCodes,
  decodeMixture,
  decoderSpecs,
  encoder,
  encoderSpecs,
  gridSide,
  mapPixels,
  paperDvae,
  pixelsFromDecoder,
  pixelsPerCode,
  unmapPixels,
} from "../../src/index.js";
import { loudParameters, normalArray, relativeError, tinyDvae, torchTree } from "../tiny.js";

describe("the paper's sizes", () => {
  test("encoder: 53,786,240 parameters in 74 tensors", () => {
    expect(parameterCount(encoderSpecs(paperDvae))).toBe(53_786_240);
    expect(encoderSpecs(paperDvae)).toHaveLength(74);
  });

  test("decoder: 43,829,766 parameters in 76 tensors", () => {
    expect(parameterCount(decoderSpecs(paperDvae))).toBe(43_829_766);
    expect(decoderSpecs(paperDvae)).toHaveLength(76);
  });

  test("a decoder of its own size leaves the encoder as it is", () => {
    const config = { ...paperDvae, decoder: { hidden: 64, blocksPerGroup: 3 } };
    expect(encoderSpecs(config)).toEqual(encoderSpecs(paperDvae));
    const shapes = new Map(decoderSpecs(config).map(({ name, shape }) => [name, shape.join("×")]));
    expect(shapes.get("group_1.block_1.identity.weight")).toBe("512×128×1×1");
    expect(shapes.get("group_4.block_3.residual.conv_1.weight")).toBe("16×64×1×1");
    expect(shapes.get("output.weight")).toBe("6×64×1×1");
  });

  test("a decoder of more groups doubles oftener, and unfolds smaller squares", () => {
    const folded = { ...tinyDvae, imageSize: 32, groups: 1, patch: 4, reduction: 2 };
    const config = { ...folded, decoder: { hidden: 8, blocksPerGroup: 1, groups: 3 } };
    expect([pixelsPerCode(config), gridSide(config)]).toEqual([8, 4]);
    expect(encoderSpecs(config)).toEqual(encoderSpecs(folded));
    const shapes = new Map(decoderSpecs(config).map(({ name, shape }) => [name, shape.join("×")]));
    expect(shapes.get("group_1.block_1.identity.weight")).toBe("32×12×1×1");
    expect(shapes.get("group_3.block_1.identity.weight")).toBe("8×16×1×1");
    expect(shapes.get("output.weight")).toBe("24×8×1×1"); // 2 × 3 values of 2 × 2 pixels
    const decoder = torchTree(loudParameters(decoderSpecs(config), 4));
    const codes = tensor(new BigInt64Array(16), [1, 4, 4], "i64");
    expect(decodeCodes(decoder, config, codes).shape).toEqual([1, 6, 32, 32]);
  });

  test("256 pixels become 32 × 32 codes of 8 × 8 pixels", () => {
    expect(pixelsPerCode(paperDvae)).toBe(8);
    expect(gridSide(paperDvae)).toBe(32);
    expect(paperDvae.codes).toBe(8192);
  });

  test("the residual gain is 1 / (number of blocks)² = 1 / 64", () => {
    const blocks = paperDvae.groups * paperDvae.blocksPerGroup;
    expect(paperDvae.residualGain).toBe(1 / 64);
    expect(paperDvae.residualGain).toBe(1 / blocks ** 2);
  });

  test("widths and kernels of the released model", () => {
    const shapes = new Map(
      [
        ...encoderSpecs(paperDvae),
        ...decoderSpecs(paperDvae).map((spec) => ({ ...spec, name: `d.${spec.name}` })),
      ].map(({ name, shape }) => [name, shape.join("×")]),
    );
    const expected = {
      "input.weight": "256×3×7×7",
      "group_1.block_1.residual.conv_1.weight": "64×256×3×3",
      "group_1.block_1.residual.conv_4.weight": "256×64×1×1",
      "group_2.block_1.identity.weight": "512×256×1×1",
      "group_4.block_2.residual.conv_3.weight": "512×512×3×3",
      "output.weight": "8192×2048×1×1",
      "d.codebook.weight": "8192×128",
      "d.group_1.block_1.identity.weight": "2048×128×1×1",
      "d.group_1.block_1.residual.conv_1.weight": "512×128×1×1",
      "d.group_4.block_2.residual.conv_4.weight": "256×64×3×3",
      "d.output.weight": "6×256×1×1",
    };
    for (const [name, shape] of Object.entries(expected)) expect(shapes.get(name)).toBe(shape);
    expect(shapes.has("group_1.block_1.identity.weight")).toBe(false);
  });

  test("weights start with variance 1 / (inputs · kernel²), biases at 0", () => {
    const spec = (name: string) => encoderSpecs(paperDvae).find((each) => each.name === name);
    expect(spec("input.weight")?.init).toEqual({ normal: 1 / Math.sqrt(3 * 49) });
    expect(spec("input.bias")?.init).toEqual({ fill: 0 });
  });
});

describe("a residual block", () => {
  test.each([
    ["of one width", 8],
    ["that widens", 4],
  ])("%s is id(x) + gain · res(x)", (_, inputs) => {
    const shape = { name: "block", inputs, outputs: 8, kernels: [3, 3, 3, 1] as const };
    const branch = torchTree(loudParameters(blockSpecs(shape), 5));
    const run = (gain: number) => {
      const x = tensor(normalArray(inputs * 9, 6), [1, inputs, 3, 3], "f32");
      return noGradient(() => tidy(() => numbers(block(branch, shape, gain, x, "f32"))));
    };
    const [identity, whole, half] = [run(0), run(1), run(1 / 64)];
    const expected = identity.map((value, index) => value + (whole[index]! - value) / 64);
    expect(relativeError(half, expected)).toBeLessThanOrEqual(1e-6);
    expect(relativeError(whole, identity)).toBeGreaterThan(0.1);
    if (inputs === 8) expect(identity).toEqual(normalArray(inputs * 9, 6));
  });

  test("adds the same in bf16, however small its gain (relative error ≤ 1e-2)", () => {
    const shape = { name: "block", inputs: 32, outputs: 32, kernels: [3, 3, 3, 1] as const };
    const branch = torchTree(loudParameters(blockSpecs(shape), 5));
    const added = (precision: "f32" | "bf16") =>
      noGradient(() =>
        tidy(() => {
          const x = tensor(normalArray(32 * 64, 6), [1, 32, 8, 8], "f32");
          return numbers(block(branch, shape, 1 / 64, x, precision).sub(x));
        }),
      );
    const [expected, found] = [added("f32"), added("bf16")];
    expect(relativeError(found, expected)).toBeLessThanOrEqual(1e-2);
    expect(relativeError(found, expected)).toBeGreaterThan(1e-4); // or it was not bf16
  });
});

describe("pixels", () => {
  const mapped = (values: number[]) =>
    tidy(() => mapPixels(tensor(Float32Array.from(values), [values.length], "f32")).toArray());

  test("0 becomes 0.1 and 1 becomes 0.9", () => {
    expect([...mapped([0, 1])].map((value) => Number(value).toFixed(6))).toEqual([
      "0.100000",
      "0.900000",
    ]);
  });

  test("mapping back gives the pixel, to rounding", () => {
    const values = Float32Array.from({ length: 256 }, (_, index) => index / 255);
    const back = tidy(() => unmapPixels(mapPixels(tensor(values, [256], "f32"))).toArray());
    for (const [index, value] of values.entries()) {
      expect(Math.abs(Number(back[index]) - value)).toBeLessThan(3e-7);
    }
  });

  test("a decoded picture is the sigmoid of its means, mapped back; ln b plays no part", () => {
    const decoded = (scale: number) =>
      tidy(() => {
        const means = [-2, 0, 1.5];
        const data = Float32Array.from([...means, scale, scale, scale]);
        return [...pixelsFromDecoder(tensor(data, [1, 6, 1, 1], "f32")).toArray()].map(Number);
      });
    const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
    for (const [index, mean] of [-2, 0, 1.5].entries()) {
      expect(decoded(3)[index]).toBeCloseTo((sigmoid(mean) - 0.1) / 0.8, 6);
    }
    expect(decoded(-7)).toEqual(decoded(3));
  });
});

const odd: DvaeConfig = {
  ...tinyDvae,
  imageSize: 6,
  groups: 2,
  blocksPerGroup: 1,
  channels: 1,
  codes: 7,
};

const reduced: DvaeConfig = { ...tinyDvae, imageSize: 3 * tinyDvae.imageSize, reduction: 3 };

describe.each([
  ["three groups", tinyDvae],
  ["one channel, side 6", odd],
  ["an encoder that reads means of nine pixels", reduced],
])("%s", (_, config) => {
  const { imageSize: size, channels, codes } = config;
  const side = gridSide(config);
  const pixels = () =>
    tensor(
      normalArray(2 * channels * size * size, 1).map(Math.abs),
      [2, channels, size, size],
      "f32",
    );
  const leavesOf = (specs: ParameterSpec[]) => {
    const tree = torchTree(loudParameters(specs, 2));
    return { tree, leaves: specs.map(({ name }) => requireGradient(tree.get(name))) };
  };

  test("the encoder gives [N, S, S, K] and uses every parameter it declares", () => {
    tidy(() => {
      const specs = encoderSpecs(config);
      const { tree, leaves } = leavesOf(specs);
      const logits = encoder(tree, config, pixels());
      expect(logits.shape).toEqual([2, side, side, codes]);
      const found = gradients(logits.mul(logits).sum([0, 1, 2, 3]), leaves);
      expect(specs.filter((_, index) => !found[index]).map(({ name }) => name)).toEqual([]);
    });
  });

  test("the decoder gives [N, 2 C, P, P] and uses every parameter it declares", () => {
    tidy(() => {
      const specs = decoderSpecs(config);
      const { tree, leaves } = leavesOf(specs);
      const weights = tensor(
        normalArray(2 * side * side * codes, 3),
        [2, side, side, codes],
        "f32",
      ).softmax(-1);
      const decoded = decodeMixture(tree, config, weights);
      expect(decoded.shape).toEqual([2, 2 * channels, size, size]);
      const found = gradients(decoded.mul(decoded).sum([0, 1, 2, 3]), leaves);
      expect(specs.filter((_, index) => !found[index]).map(({ name }) => name)).toEqual([]);
    });
  });

  test("decoding one-hot weights is decoding their codes (relative error ≤ 1e-6)", () => {
    noGradient(() =>
      tidy(() => {
        const tree = torchTree(loudParameters(decoderSpecs(config), 4));
        const cells = 2 * side * side;
        const chosen = Array.from({ length: cells }, (_, cell) => (cell * 5) % codes);
        const oneHot = new Float32Array(cells * codes);
        for (const [cell, code] of chosen.entries()) oneHot[cell * codes + code] = 1;
        const soft = decodeMixture(tree, config, tensor(oneHot, [2, side, side, codes], "f32"));
        const ids = tensor(BigInt64Array.from(chosen, BigInt), [2, side, side], "i64");
        const hard = decodeCodes(tree, config, ids);
        expect(relativeError(numbers(soft), numbers(hard))).toBeLessThanOrEqual(1e-6);
      }),
    );
  });
});

test("an encoder that reads means sees what the small picture shows, with the same weights (relative error ≤ 1e-6)", () => {
  noGradient(() =>
    tidy(() => {
      const { imageSize: size, channels } = tinyDvae;
      const tree = torchTree(loudParameters(encoderSpecs(tinyDvae), 4));
      const small = tensor(normalArray(channels * size ** 2, 1), [1, channels, size, size], "f32");
      // Squares of noise around the small picture's pixels, whose means are those pixels.
      const noise = tensor(normalArray(9 * size ** 2, 2), [size, size, 3, 3], "f32");
      const squares = noise.sub(noise.mean([2, 3], true)).permute([0, 2, 1, 3]);
      const large = small.upsampleNearest2d(3).add(squares.reshape([3 * size, 3 * size]));
      const logits = encoder(tree, reduced, large);
      expect(relativeError(numbers(logits), numbers(encoder(tree, tinyDvae, small)))).toBeLessThan(
        1e-6,
      );
    }),
  );
});

test("a centred encoder reads pixels less 0.5, times 4 (relative error ≤ 1e-6)", () => {
  noGradient(() =>
    tidy(() => {
      const { imageSize: size, channels } = tinyDvae;
      const tree = torchTree(loudParameters(encoderSpecs(tinyDvae), 4));
      const pixels = tensor(normalArray(channels * size ** 2, 1), [1, channels, size, size], "f32");
      const found = encoder(tree, { ...tinyDvae, centred: true }, pixels);
      const expected = encoder(tree, tinyDvae, pixels.sub(0.5).mul(4));
      expect(relativeError(numbers(found), numbers(expected))).toBeLessThan(1e-6);
    }),
  );
});

test.each([
  [1, 7],
  [2, 5],
  [3, 3],
  [4, 3],
  [8, 3],
])(
  "over squares of %d pixels the first convolution is the smallest odd one that sees 7: %d",
  (patch, side) => {
    const [first] = encoderSpecs({ ...tinyDvae, imageSize: 8 * patch, patch });
    expect(first?.shape).toEqual([tinyDvae.hidden, 3 * patch ** 2, side, side]);
  },
);

const numbers = (x: { toArray(): ArrayLike<unknown> }) => x.toArray() as Float32Array;

describe("checkDvaeConfig", () => {
  const wholeFields = [
    "imageSize",
    "reduction",
    "patch",
    "channels",
    "codes",
    "hidden",
    "codeWidth",
    "groups",
    "blocksPerGroup",
  ] as const;

  test.each(wholeFields)("refuses a %s that is not a count, by name", (field) => {
    for (const value of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => checkDvaeConfig({ ...tinyDvae, [field]: value })).toThrow(
        new RegExp(`^dvae\\.${field}: expected .*, got ${value}$`),
      );
    }
  });

  test.each([
    [{ codes: 1 }, /^dvae\.codes: expected an integer in \[2, 65536\], got 1$/],
    [{ codes: 65_537 }, /^dvae\.codes: expected an integer in \[2, 65536\], got 65537/],
    [{ hidden: 6 }, /^dvae\.hidden: expected a multiple of 4, got 6/],
    [
      { decoder: { hidden: 6, blocksPerGroup: 1 } },
      /^dvae\.decoder\.hidden: expected a multiple of 4, got 6/,
    ],
    [
      { decoder: { hidden: 8, blocksPerGroup: 0 } },
      /^dvae\.decoder\.blocksPerGroup: expected .*, got 0/,
    ],
    [
      { decoder: { hidden: 8, blocksPerGroup: 1, groups: 4 } },
      /^dvae\.decoder\.groups: expected so few .* the 4 pixels of a code .*, got 4/,
    ],
    [{ imageSize: 18 }, /^dvae\.imageSize: expected a multiple of 4, got 18/],
    [{ imageSize: 16, patch: 3 }, /^dvae\.imageSize: expected a multiple of 12, got 16/],
    [{ imageSize: 24, reduction: 5 }, /^dvae\.imageSize: expected a multiple of 20, got 24/],
    [{ residualGain: 0 }, /^dvae\.residualGain: expected a number in \(0, 1\], got 0/],
    [{ residualGain: Number.NaN }, /^dvae\.residualGain: .* got NaN/],
  ])("refuses %o", (change, message) => {
    expect(() => checkDvaeConfig({ ...tinyDvae, ...change })).toThrow(message);
  });

  test("accepts the paper's", () => {
    expect(checkDvaeConfig(paperDvae)).toBe(paperDvae);
  });
});
