/** @file CLIP on both engines: the exported towers on ONNX Runtime give what libtorch gives. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clipSpecs, clipText } from "@dalle-ts/models";
import { tensor } from "@dalle-ts/torch";
import { captionEmbeddings, exportClip, pictureEmbeddings } from "@dalle-ts/train";
import { ClipRuntime, cosineOf } from "dalle-ts/parts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loudParameters, relativeError, tinyClip } from "../packages/models/test/tiny.js";

/** L2 norm of the difference over that of libtorch's embedding, fp32. */
const largestError = 1e-5;
/** The same for 8-bit weights. */
const largestQuantisedError = 0.05;

const parameters = loudParameters(clipSpecs(tinyClip), 3);
const onTorch = new Map(
  parameters.map(({ name, shape, data }) => [name, tensor(data, shape, "f32")]),
);
const size = tinyClip.image.imageSize;
const pixels = Uint8Array.from({ length: size * size * 3 }, (_, index) => (index * 89) % 256);
const captions = [[4, 9], [], [1, 2, 3, 4, 5]];

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dalle-clip-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each([
  ["f32", largestError],
  ["int8-rows", largestQuantisedError],
] as const)("embeds pictures and captions alike in %s", async (format, error) => {
  await exportClip(join(folder, format), tinyClip, parameters, format);
  await using runtime = new ClipRuntime(join(folder, format), tinyClip);
  const picture = await runtime.embedImage({ width: size, height: size, pixels });
  const pool = { count: 1, size, bytes: pixels };
  const expected = pictureEmbeddings(onTorch, tinyClip, pool, "cpu");
  expect(relativeError(picture, expected)).toBeLessThanOrEqual(error);
  expect(cosineOf(picture, picture)).toBeCloseTo(1, 5);
  for (const tokens of captions) {
    const found = await runtime.embedTokens(tokens);
    const [told] = [captionEmbeddings(onTorch, tinyClip, [tokens], "cpu")];
    expect(
      relativeError(found, told),
      clipText(tinyClip.text, tokens).ids.join(),
    ).toBeLessThanOrEqual(error);
  }
});

test("a picture of another size is refused by its size", async () => {
  await using runtime = new ClipRuntime(folder, tinyClip);
  const image = { width: 8, height: 16, pixels: new Uint8Array(8 * 16 * 3) };
  await expect(runtime.embedImage(image)).rejects.toThrow(
    /image: expected 16 × 16 pixels, got 8 × 16/,
  );
});
