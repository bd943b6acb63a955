/** @file The family's VQGANs, rung by rung against what the reference programs compute. */
import { join } from "node:path";
import { type CheckpointArray, CheckpointFile } from "@dalle-ts/tensor";
import { describe, expect, test } from "vitest";
import { fixtureFolder } from "../../../../test/fixtures.js";
import { compareAll, TOLERANCE } from "../../src/import/check/compare.js";
import { Reference } from "../../src/import/check/reference.js";
import { importVqgan } from "../../src/import/vqgan/import-vqgan.js";
import { decodeVqgan, encodeVqgan } from "../../src/import/vqgan/run-vqgan.js";
import { Weights } from "../../src/import/weights.js";

const folder = fixtureFolder("import");
const open = (path: string) => CheckpointFile.open(join(folder!, path));

function climb(reference: Reference, rungs: Record<string, CheckpointArray>): void {
  const rows = compareAll(reference, new Map(Object.entries(rungs)));
  for (const name of Object.keys(rungs)) {
    const { error, exact } = rows.find((row) => row.name === name)!;
    expect(error, name).toBeLessThanOrEqual(exact ? 0 : TOLERANCE);
  }
}

describe.skipIf(!folder)("VQGAN", () => {
  test("minDALL-E: vectors, nearest codes, pixels", async () => {
    const reference = await Reference.read(join(folder!, "mindalle"));
    await using file = await open("mindalle/stage1_last.ckpt");
    const vqgan = importVqgan(new Weights(file, "state_dict."), {
      imageSize: 32,
      normEpsilon: 1e-6,
      pixelRange: "signed",
    });
    expect(vqgan.config).toMatchObject({
      channels: 3,
      codes: 160,
      codeWidth: 16,
      latentWidth: 24,
      patch: 1,
      encoder: {
        inputWidth: 32,
        levels: [
          { width: 32, blocks: 1, attention: false },
          { width: 64, blocks: 1, attention: false },
          { width: 32, blocks: 1, attention: true },
        ],
      },
    });
    const images = reference.floats("images"); // in −1 … 1
    const pixels = { ...images, data: images.data.map((x) => (x + 1) / 2) };
    const { vectors, codes } = await encodeVqgan(vqgan, pixels);
    climb(reference, { quant_input: vectors, codes });
    climb(reference, { pixels: await decodeVqgan(vqgan, reference.integers("codes")) });
  });

  test.each([
    ["", "state_dict.", 32],
    ["-dwt", "state_dict.model.", 64],
  ])("ruDALL-E%s: Gumbel codes, pixels", async (variant, prefix, imageSize) => {
    const reference = await Reference.read(join(folder!, "rudalle"));
    await using file = await open(`rudalle/vqgan.gumbelf8-sber${variant}.model.ckpt`);
    const vqgan = importVqgan(new Weights(file, prefix), {
      imageSize,
      normEpsilon: 1e-6,
      pixelRange: "signed",
    });
    const ending = variant.replace("-", "_");
    const { codes } = await encodeVqgan(vqgan, reference.floats("image"));
    climb(reference, { [`codes${ending}`]: codes });
    const pixels = await decodeVqgan(vqgan, reference.integers("image_tokens"));
    climb(reference, { [`pixels${ending}`]: pixels });
  });

  test("min-dalle: pixels", async () => {
    const reference = await Reference.read(join(folder!, "min-dalle"));
    await using file = await open("min-dalle/detoker.pt");
    const vqgan = importVqgan(new Weights(file), {
      imageSize: 256,
      normEpsilon: 1e-5,
      pixelRange: "unit",
    });
    expect(vqgan.config.encoder).toBeUndefined();
    const planes = await decodeVqgan(vqgan, reference.integers("detoker_tokens"));
    const chosen = Array.from(reference.integers("pixel_index").data, Number);
    const pixels = chosen.flatMap((row) =>
      chosen.flatMap((column) =>
        [0, 1, 2].map((channel) => 255 * planes[(channel * 256 + row) * 256 + column]!),
      ),
    );
    climb(reference, { pixels: Float32Array.from(pixels) });
  });
});
