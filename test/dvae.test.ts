/** @file The dVAE on both engines: the exported graphs on ONNX Runtime give what libtorch gives. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type DvaeConfig,
  decodeCodes,
  dvaeSpecs,
  encoder,
  gridSide,
  mapPixels,
  pixelsFromDecoder,
} from "@dalle-ts/models";
import { noGradient, tensor, tidy } from "@dalle-ts/torch";
import { exportDvae } from "@dalle-ts/train";
import { DvaeRuntime } from "dalle-ts/parts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runtimeTensor, Session } from "../packages/dalle/src/runtime/session.js";
import { loudParameters, tinyDvae, torchTree } from "../packages/models/test/tiny.js";

/** Largest difference of a pixel in [0, 1]. */
const largestPixelError = 1e-5;
/** A code may differ where the two best logits are this close, relative to the logits' spread. */
const nearTie = 1e-5;

const configs: readonly [string, DvaeConfig][] = [
  ["three groups of two blocks", tinyDvae],
  ["one group", { ...tinyDvae, imageSize: 5, groups: 1, blocksPerGroup: 1, residualGain: 1 }],
  ["folded pixels, centred", { ...tinyDvae, patch: 2, groups: 2, centred: true }],
  ["four groups of one block", { ...tinyDvae, imageSize: 24, groups: 4, blocksPerGroup: 1 }],
];

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dalle-dvae-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A picture of stripes, spots and noise. */
function picture(size: number, seed: number): Uint8Array {
  return Uint8Array.from({ length: size * size * 3 }, (_, index) => {
    const wave = Math.sin(index * 0.37 * seed) + Math.cos((index * index * 0.013) / seed);
    return Math.round(127.5 + 63 * wave);
  });
}

describe.each(configs)("%s", (name, config) => {
  const { imageSize: size, codes: codeCount } = config;
  const side = gridSide(config);
  const parameters = loudParameters(dvaeSpecs(config), 3);
  const path = () => join(folder, name);
  beforeAll(async () => {
    await exportDvae(path(), config, parameters);
  });

  test("encodes a picture to the same codes", async () => {
    await using runtime = new DvaeRuntime(path(), config);
    for (const seed of [1, 2, 3]) {
      const pixels = picture(size, seed);
      const found = await runtime.encode({ width: size, height: size, pixels });
      const logits = noGradient(() =>
        tidy(() => {
          const planes = tensor(pixels, [1, size, size, 3], "u8")
            .cast("f32")
            .div(255)
            .permute([0, 3, 1, 2]);
          return encoder(torchTree(parameters).at("encoder"), config, mapPixels(planes)).toArray();
        }),
      ) as Float32Array;
      const spread = Math.max(...logits) - Math.min(...logits);
      for (const [cell, code] of found.entries()) {
        const row = logits.subarray(cell * codeCount, (cell + 1) * codeCount);
        expect(Math.max(...row) - row[code]!).toBeLessThanOrEqual(nearTie * spread);
      }
      expect(found).toHaveLength(side * side);
    }
  });

  test("decodes codes to the same pixels, all rows or some", async () => {
    await using session = await Session.open(path(), "dvae-decoder.onnx");
    await using runtime = new DvaeRuntime(path(), config);
    const codes = Array.from({ length: side * side }, (_, index) => (index * 7) % codeCount);
    const ids = BigInt64Array.from(codes, BigInt);
    const exactPixels = (rows: number) =>
      noGradient(() =>
        tidy(() => {
          const input = tensor(ids.slice(0, rows * side), [1, rows, side], "i64");
          const decoded = decodeCodes(torchTree(parameters).at("decoder"), config, input);
          return pixelsFromDecoder(decoded).toArray();
        }),
      ) as Float32Array;
    for (const rows of [side, 2, 1]) {
      const input = runtimeTensor(ids.slice(0, rows * side), [1, rows, side]);
      const { pixels } = await session.run({ codes: input });
      const found = pixels!.data as Float32Array;
      expect(pixels!.dims).toEqual([1, 3, (size / side) * rows, size]);
      const exact = exactPixels(rows);
      const error = Math.max(...found.map((value, index) => Math.abs(value - exact[index]!)));
      expect(error).toBeLessThanOrEqual(largestPixelError);
    }

    const expected = exactPixels(side);
    const image = await runtime.decode(codes);
    for (const [index, byte] of image.pixels.entries()) {
      const plane = expected[(index % 3) * size * size + Math.floor(index / 3)]!;
      const exact = 255 * Math.min(1, Math.max(0, plane));
      expect(Math.abs(byte - exact)).toBeLessThanOrEqual(0.5 + 255 * largestPixelError);
    }
    expect(new Set(image.pixels).size).toBeGreaterThan(10);
  });
});

test("a picture of another size is refused by its size", async () => {
  await using runtime = new DvaeRuntime(folder, tinyDvae);
  const image = { width: 8, height: 16, pixels: new Uint8Array(8 * 16 * 3) };
  await expect(runtime.encode(image)).rejects.toThrow(/image: expected 16 × 16 pixels, got 8 × 16/);
});
